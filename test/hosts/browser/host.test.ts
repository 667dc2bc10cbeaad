import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost } from '../../../electron/hosts/browser/host.ts';
import { type FakeWorld, makeFakeWorld } from './fakePrograms.ts';
import { makeDir, removeDir } from './startHost.ts';

let dir: string;
let world: FakeWorld;
beforeEach(() => {
  dir = makeDir();
  world = makeFakeWorld(dir);
});
afterEach(() => removeDir(dir));

const signal = new AbortController().signal;
const pick = (kind: 'modelFile' | 'folder' = 'folder', title = 'Notes', at = world, by = signal) =>
  createHost(at).pick({ kind, title }, { signal: by });
const reveal = (path: string) => createHost(world).reveal({ path }, { signal });
const openLink = (url: string, at = world) => createHost(at).openLink({ url }, { signal });

describe('pick', () => {
  it('answers the path chosen in zenity, whatever is in it', async () => {
    world.install('zenity', `printf '%s\\n' "/home/ä b/it's \\$(x)"`);
    expect(await pick('folder')).toEqual({ path: "/home/ä b/it's $(x)" });
    expect(world.calledWith('zenity')).toEqual(['--file-selection', '--title=Notes', '--directory']);
  });

  it('asks for GGUF files when a model is wanted', async () => {
    world.install('zenity', 'echo /m.gguf');
    await pick('modelFile');
    expect(world.calledWith('zenity')?.[2]).toContain('*.gguf');
  });

  it('passes a title on as one argument and never through a shell', async () => {
    world.install('zenity', 'echo /x');
    const title = `"; touch ${join(dir, 'owned')}; $(id) --directory`;
    await pick('folder', title);
    expect(world.calledWith('zenity')).toContain(`--title=${title}`);
  });

  it('answers null when the person changed their mind', async () => {
    world.install('zenity', 'exit 1');
    expect(await pick()).toEqual({ path: null });
  });

  it('takes kdialog where zenity is not installed', async () => {
    world.install('kdialog', 'echo /k');
    expect(await pick()).toEqual({ path: '/k' });
  });

  it('says what to do instead where there is no dialog, no display, or a broken one', async () => {
    await expect(pick()).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('Type the path'),
    });
    world.install('zenity', 'echo cannot open display >&2; exit 255');
    await expect(pick()).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('cannot open display'),
    });
    removeDir(join(dir, 'bin'));
    const blind = makeFakeWorld(dir, {});
    blind.install('zenity', 'echo /x');
    await expect(pick('folder', 'x', blind)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('no display'),
    });
    expect(blind.calledWith('zenity')).not.toEqual(expect.arrayContaining(['--title=x']));
  });

  it('closes the dialog when the window that asked is gone', async () => {
    world.install('zenity', 'exec /bin/sleep 60');
    const left = new AbortController();
    const answer = pick('folder', 'x', world, left.signal);
    await expect.poll(() => world.calledWith('zenity')).toBeDefined();
    left.abort();
    await expect(answer).rejects.toThrow();
  });
});

describe('openLink', () => {
  it.each(['https://example.org/a?b=c&d=%20$(id)', 'http://example.org/', 'mailto:a@example.org'])(
    'hands %s to the system, as one argument',
    async (url) => {
      world.install('xdg-open', 'exit 0');
      expect(await openLink(url)).toBeNull();
      expect(world.calledWith('xdg-open')).toEqual([url]);
    },
  );

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'vscode://x',
    '--help',
    '/etc/passwd',
    'https://',
    'http:',
  ])('refuses %s without starting anything', async (url) => {
    world.install('xdg-open', 'exit 0');
    await expect(openLink(url)).rejects.toMatchObject({ code: 'bad_input' });
    expect(world.calledWith('xdg-open')).toBeUndefined();
  });

  it('gives the address back where nothing can open it', async () => {
    await expect(openLink('https://example.org/')).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('https://example.org/'),
    });
    world.install('xdg-open', 'exit 3');
    await expect(openLink('https://example.org/')).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('reveal', () => {
  it('opens the folder of a file', async () => {
    world.install('xdg-open', 'exit 0');
    writeFileSync(join(dir, 'model.gguf'), '');
    expect(await reveal(join(dir, 'model.gguf'))).toBeNull();
    expect(world.calledWith('xdg-open')).toEqual([dir]);
  });

  it('lets the file manager select the file where it listens', async () => {
    world.install('gdbus', 'exit 0');
    const path = join(dir, "it's a model.gguf");
    writeFileSync(path, '');
    await reveal(path);
    expect(world.calledWith('gdbus')?.at(-2)).toBe(`['file://${dir}/it%27s%20a%20model.gguf']`);
  });

  it('never opens a file itself, only folders', async () => {
    world.install('xdg-open', 'exit 0');
    const path = join(dir, 'evil.desktop');
    writeFileSync(path, '');
    await reveal(path);
    expect(world.calledWith('xdg-open')).toEqual([dir]);
  });

  it('says so when nothing is there, or nothing can show it', async () => {
    await expect(reveal(join(dir, 'gone.gguf'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(reveal(dir)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

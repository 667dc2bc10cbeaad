import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { person } from '../../fakes/electron/desktop.ts';
import { askedFor } from '../../fakes/electron/record.ts';
import { apiOf, startDesktop, stopDesktop } from './startDesktop.ts';

afterEach(stopDesktop);
const open = async () => {
  const { window, dataDir } = await startDesktop();
  return { host: apiOf(window).host, dataDir };
};

describe('the host domain on the desktop', () => {
  it('asks for a model file or a folder with the system dialog', async () => {
    const { host } = await open();
    person.picks = ['/models/a.gguf'];
    expect(await host.pick({ kind: 'modelFile', title: 'Add a model' })).toEqual({ path: '/models/a.gguf' });
    person.picks = ['/models'];
    expect(await host.pick({ kind: 'folder', title: 'Add a folder' })).toEqual({ path: '/models' });
    expect(askedFor('dialog.showOpenDialog').map(([options]) => options)).toMatchObject([
      {
        title: 'Add a model',
        properties: ['openFile', 'dontAddToRecent'],
        filters: [{ extensions: ['gguf'] }, {}],
      },
      { title: 'Add a folder', properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] },
    ]);
  });

  it('answers null when the person changed their mind', async () => {
    const { host } = await open();
    expect(await host.pick({ kind: 'folder', title: 'Add a folder' })).toEqual({ path: null });
  });

  it('shows a file in the file manager, and says when there is none', async () => {
    const { host, dataDir } = await open();
    const path = join(dataDir, 'inkling.sqlite');
    await host.reveal({ path });
    for (const missing of [join(dataDir, 'missing'), 'relative/inkling.sqlite'])
      await expect(host.reveal({ path: missing })).rejects.toMatchObject({ code: 'not_found' });
    expect(askedFor('shell.showItemInFolder')).toEqual([[path]]);
  });

  it('says the address when no program opens it', async () => {
    const { host } = await open();
    person.hasBrowser = false;
    await expect(host.openLink({ url: 'https://example.org/a' })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('https://example.org/a'),
    });
  });
});

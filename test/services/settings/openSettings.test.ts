import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../electron/contract/load.ts';
import { openSettings } from '../../../electron/services/settings/openSettings.ts';
import { defaultSettings } from '../../../electron/services/settings/readSettings.ts';
import { tempFolder } from '../storage/tempFolder.ts';

const uncancelled = { signal: new AbortController().signal };

function open(dataDir: string) {
  const problems: string[] = [];
  const settings = openSettings({ dataDir, onProblem: (message) => problems.push(message) });
  return { ...settings, problems, set: (patch: object) => settings.api.set(patch, uncancelled) };
}

const asideIn = (dataDir: string) => readdirSync(dataDir).filter((name) => name.includes('.damaged-'));

describe('settings', () => {
  it('start with the defaults and write nothing until one is changed', () => {
    const dataDir = tempFolder();
    expect(open(dataDir).topic.value).toEqual(defaultSettings);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('keep what is left out of a change, also inside sampling, over a restart', () => {
    const dataDir = tempFolder();
    const { set, topic } = open(dataDir);
    set({ sampling: { temperature: 1.2 } });
    set({ theme: 'dark', modelId: undefined, sampling: { topK: 3 } });
    const load = { tiny: loadSettings.parse({ threads: 2 }) };
    set({ load });
    const expected = {
      ...defaultSettings,
      theme: 'dark',
      sampling: { ...defaultSettings.sampling, temperature: 1.2, topK: 3 },
      load,
    };
    expect(topic.value).toEqual(expected);
    const again = open(dataDir);
    expect(again.topic.value).toEqual(expected);
    expect(again.problems).toEqual([]);
    expect(statSync(join(dataDir, 'settings.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['settings.json']);
  });

  it('tell every watcher of a change', async () => {
    const { set, api } = open(tempFolder());
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const { theme } of api.watch(undefined, { signal: stop.signal })) {
      seen.push(theme);
      if (seen.length === 1) set({ theme: 'light' });
      else stop.abort();
    }
    expect(seen).toEqual(['system', 'light']);
  });

  it('let one invalid setting fall back alone, tell it, and keep the file as it was', () => {
    const dataDir = tempFolder();
    const text = JSON.stringify({
      theme: 'purple',
      systemPrompt: 'Be short.',
      sampling: { temperature: 'hot', topK: 7 },
      load: { tiny: { threads: 2 }, huge: { threads: -1 } },
      contextSize: 1,
    });
    writeFileSync(join(dataDir, 'settings.json'), text);
    const { topic, problems } = open(dataDir);
    expect(topic.value).toEqual({
      ...defaultSettings,
      systemPrompt: 'Be short.',
      sampling: { ...defaultSettings.sampling, topK: 7 },
      load: { tiny: loadSettings.parse({ threads: 2 }) },
    });
    expect(problems).toHaveLength(1);
    for (const name of ['theme', 'contextSize', 'sampling.temperature', 'load.huge'])
      expect(problems[0]).toContain(name);
    const [aside] = asideIn(dataDir);
    expect(readFileSync(join(dataDir, aside!), 'utf8')).toBe(text);
    expect(open(dataDir).problems).toEqual([]);
  });

  it.each([
    ['half a file', '{"theme": "da'],
    ['a list', '[]'],
    ['nothing', ''],
    ['null', 'null'],
  ])('fall back as a whole from %s, which is kept aside', (_, text) => {
    const dataDir = tempFolder();
    writeFileSync(join(dataDir, 'settings.json'), text);
    const { topic, problems, set } = open(dataDir);
    expect(topic.value).toEqual(defaultSettings);
    expect(problems[0]).toContain('cannot be read');
    set({ theme: 'dark' });
    expect(readFileSync(join(dataDir, asideIn(dataDir)[0]!), 'utf8')).toBe(text);
    expect(open(dataDir).topic.value.theme).toBe('dark');
  });

  it('keep settings of a newer version for when it comes back', () => {
    const dataDir = tempFolder();
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ fromTheFuture: [1, 2] }));
    open(dataDir).set({ theme: 'dark' });
    expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))).toMatchObject({
      fromTheFuture: [1, 2],
      theme: 'dark',
    });
  });

  it('change nothing, in memory or on disk, where the file cannot be written', () => {
    const dataDir = tempFolder();
    const { set, topic } = open(dataDir);
    set({ theme: 'light' });
    // A missing folder refuses the file, for root too.
    const blocked = open(join(dataDir, 'gone'));
    expect(() => blocked.set({ theme: 'dark' })).toThrow(expect.objectContaining({ code: 'storage_failed' }));
    expect(blocked.topic.value.theme).toBe('system');
    expect(topic.value.theme).toBe('light');
    mkdirSync(join(dataDir, 'gone'));
    blocked.set({ theme: 'dark' });
    expect(blocked.topic.value.theme).toBe('dark');
  });
});

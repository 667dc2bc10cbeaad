import { describe, expect, it } from 'vitest';
import { readSchema } from '../../../electron/base/jsonSchema/readSchema.ts';
import { variablesIn } from '../../../electron/base/variables.ts';
import { type ListedPreset, type Preset, presets as table } from '../../../electron/contract/presets.ts';
import { createPresets } from '../../../electron/services/presets/createPresets.ts';
import { startingSet } from '../../../electron/services/presets/startingSet.ts';
import { openChats, uncancelled } from '../conversations/openChats.ts';

function openPresets(dataDir?: string) {
  const chats = openChats(dataDir === undefined ? {} : { dataDir });
  const api = createPresets({ storage: chats.storage });
  const list = async (): Promise<ListedPreset[]> => {
    for await (const { presets } of api.watch(undefined, uncancelled)) return presets;
    return [];
  };
  const save = async (fields: { name: string } & Partial<Preset>) =>
    api.save(table.save.input.parse(fields), uncancelled);
  return { chats, api, list, save, names: async () => (await list()).map(({ name }) => name) };
}
const starting = startingSet.map(({ name }) => name);

describe('the starting set', () => {
  it('is short, has one task each, and nothing in it is left open', () => {
    for (const { instructions, opening, variables, format } of startingSet) {
      expect(instructions.length).toBeLessThan(320);
      expect(instructions).not.toMatch(/\b(not|never|don't|avoid)\b/i);
      expect(variablesIn(instructions, opening).filter((name) => !(name in variables))).toEqual([]);
      if (format?.kind === 'json') expect(readSchema(format.schema).problems).toEqual([]);
    }
  });
});

describe('presets', () => {
  it('are the starting set first, then the own ones, also after a restart', async () => {
    const first = openPresets();
    expect(await first.names()).toEqual(starting);
    const made = await first.save({ name: 'Mine', instructions: 'Hum.', notes: true });
    expect((await first.list()).at(-1)).toEqual({ ...made, origin: 'own' });
    await first.chats.close();
    expect(await openPresets(first.chats.dataDir).names()).toEqual([...starting, 'Mine']);
  });

  it('can be edited and deleted, and a deleted one comes back as it was', async () => {
    const { api, list, save, names } = openPresets();
    const made = await save({ name: 'Mine' });
    await save({ ...made, name: 'Renamed' });
    await save({ name: 'Zoo' });
    const before = await list();
    await api.remove({ id: made.id }, uncancelled);
    expect(await names()).toEqual([...starting, 'Zoo']);
    await api.save({ ...made, name: 'Renamed' }, uncancelled);
    expect(await list()).toEqual(before);
    await api.remove({ id: made.id }, uncancelled);
    expect(() => api.remove({ id: made.id }, uncancelled)).toThrow(/not there any more/);
  });

  it('of the starting set stay in their place when changed, and can be what they were', async () => {
    const { api, list, save } = openPresets();
    const [start] = startingSet;
    if (!start) throw new Error('empty');
    await save({ ...start, name: 'Changed' });
    expect((await list())[0]).toMatchObject({ id: start.id, name: 'Changed', origin: 'changed' });
    await api.reset({ id: start.id }, uncancelled);
    expect((await list())[0]).toEqual({ ...start, origin: 'starting' });
    await api.remove({ id: start.id }, uncancelled);
    expect((await list()).map(({ id }) => id)).not.toContain(start.id);
    expect(await api.restoreStarting(undefined, uncancelled)).toEqual({ restored: 1 });
    expect((await list())[0]).toEqual({ ...start, origin: 'starting' });
  });

  it('come from a file beside those there are, all or none', async () => {
    const { api, list, names } = openPresets();
    const before = await list();
    const file = (presets: unknown) => JSON.stringify({ inkling: 'presets', version: 1, presets });
    await api.addFrom({ json: file(before) }, uncancelled);
    const byName = before.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(await names()).toEqual([...starting, ...byName.map(({ name }) => `${name} (2)`)]);
    const copies = (await list()).slice(starting.length);
    const core = ({ id: _, name: __, origin: ___, ...rest }: ListedPreset) => rest;
    expect(copies.map(core)).toEqual(byName.map(core));
    await api.addFrom({ json: '{"name":"One","instructions":"x"}' }, uncancelled);
    expect(await names()).toContain('One');
    const count = (await names()).length;
    for (const json of [
      '{',
      '[]',
      '7',
      '[{"name":""}]',
      '[{"name":"a"},{"name":"b","sampling":{"topP":7}}]',
      file([7]),
    ])
      expect(() => api.addFrom({ json }, uncancelled)).toThrow(/Nothing was changed/);
    expect((await names()).length).toBe(count);
  });

  it('are a thousand at most, which can still be edited', async () => {
    const { chats, save, names } = openPresets();
    const made = await save({ name: 'Mine' });
    chats.storage.connection().transaction(() => {
      for (let n = 0; n < 999; n++)
        chats.storage
          .connection()
          .run(
            'INSERT INTO presets (id, preset) VALUES (?, ?)',
            `p${n}`,
            JSON.stringify({ ...made, id: `p${n}` }),
          );
    });
    await expect(save({ name: 'Another' })).rejects.toThrow(/1000 presets at most/);
    await save({ ...made, name: 'Renamed' });
    expect(await names()).toContain('Renamed');
  });

  it('that were damaged are left out and block nothing', async () => {
    const { chats, save, names } = openPresets();
    const { id } = await save({ name: 'Broken' });
    chats.storage.connection().run("UPDATE presets SET preset = '{' WHERE id = ?", id);
    await save({ name: 'Sound' });
    expect(await names()).toEqual([...starting, 'Sound']);
  });
});

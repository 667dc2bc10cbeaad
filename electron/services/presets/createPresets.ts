import { createTopic } from '../../base/topic.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import { type ListedPreset, type Preset, preset } from '../../contract/presets.ts';
import { freePath } from '../archive/fileNames.ts';
import { saveFile } from '../archive/saveFile.ts';
import { newId } from '../conversations/newId.ts';
import type { Storage } from '../storage/openStorage.ts';
import { readPresetFile, writePresetFile } from './presetFile.ts';
import { startingSet } from './startingSet.ts';

interface Row {
  readonly id: string;
  readonly preset: string | null;
}
const most = 1000;

/** The presets: those that come with Inkling, as the person changed them, and the person's own, by name. */
export function createPresets({ storage }: { storage: Storage }): AppService['presets'] {
  const { connection } = storage;

  const list = (): ListedPreset[] => {
    const rows = connection().all<Row>('SELECT id, preset FROM presets ORDER BY seq');
    const kept = new Map(rows.map((row) => [row.id, row]));
    const began = startingSet.flatMap((start): ListedPreset[] => {
      const row = kept.get(start.id);
      if (row?.preset === null) return [];
      const changed = row && read(row);
      return [changed ? { ...changed, origin: 'changed' } : { ...start, origin: 'starting' }];
    });
    const own = rows.flatMap((row): ListedPreset[] => {
      const made = isStarting(row.id) ? null : read(row);
      return made ? [{ ...made, origin: 'own' }] : [];
    });
    return [...began, ...own.toSorted((a, b) => a.name.localeCompare(b.name))];
  };
  /** Presets are read anew where somebody watches; a storage that cannot be read has none. */
  const version = createTopic(0);
  const changed = () => version.update((count) => count + 1);
  storage.onReopen(changed);

  const put = (made: Preset) => {
    const db = connection();
    const { n } = db.get<{ n: number }>('SELECT count(*) AS n FROM presets WHERE id <> ?', made.id) ?? {
      n: 0,
    };
    if (n >= most)
      throw new InklingError('bad_input', `There can be ${most} presets at most. Delete some first.`);
    db.run(
      'INSERT INTO presets (id, preset) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET preset = excluded.preset',
      made.id,
      JSON.stringify(made).toWellFormed(),
    );
  };
  const write = <T>(work: () => T): T => {
    const result = connection().transaction(work);
    changed();
    return result;
  };

  return {
    async *watch(_input, { signal }) {
      for await (const _ of version.watch(signal)) yield { presets: list() };
    },
    save: (input) =>
      write(() => {
        const made = preset.parse({ ...input, id: input.id ?? newId() });
        put(made);
        return made;
      }),
    remove: ({ id }) =>
      write(() => {
        if (isStarting(id))
          connection().run(
            'INSERT INTO presets (id, preset) VALUES (?, NULL) ON CONFLICT (id) DO UPDATE SET preset = NULL',
            id,
          );
        else if (connection().run('DELETE FROM presets WHERE id = ?', id) === 0) throw gone();
        return null;
      }),
    reset: ({ id }) =>
      write(() => {
        const start = startingSet.find((each) => each.id === id);
        if (!start) throw gone();
        connection().run('DELETE FROM presets WHERE id = ?', id);
        return start;
      }),
    restoreStarting: () =>
      write(() => ({ restored: connection().run('DELETE FROM presets WHERE preset IS NULL') })),
    async export(_input, { signal }) {
      const path = freePath('Inkling presets', 'json');
      await saveFile(path, writePresetFile(list()), { replace: false, signal });
      return { path };
    },
    addFrom: ({ json }) =>
      write(() => {
        const names = new Set(list().map(({ name }) => name));
        const added = readPresetFile(json).map((each) => ({
          ...each,
          id: newId(),
          name: unused(each.name, names),
        }));
        for (const made of added) put(made);
        return { added };
      }),
  };
}

const isStarting = (id: string) => startingSet.some((start) => start.id === id);

/** One that cannot be read any more is left out: it blocks nothing, and its row stays for a backup to compare. */
function read({ preset: json }: Row): Preset | null {
  try {
    return preset.safeParse(JSON.parse(String(json))).data ?? null;
  } catch {
    return null;
  }
}

/** A name that no preset has yet; it counts as taken from then on. */
function unused(name: string, names: Set<string>): string {
  let free = name;
  for (let count = 2; names.has(free); count++) free = `${name.slice(0, 72)} (${count})`;
  names.add(free);
  return free;
}

const gone = () => new InklingError('not_found', 'This preset is not there any more.');

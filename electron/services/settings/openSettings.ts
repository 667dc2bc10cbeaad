import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createTopic, type Topic } from '../../base/topic.ts';
import type { AppService } from '../../contract/index.ts';
import type { Settings } from '../../contract/settings.ts';
import { toStorageError } from '../storage/storageErrors.ts';
import { writeFileAtomic } from '../storage/writeFileAtomic.ts';
import { defaultSettings, type ReadSettings, readSettings } from './readSettings.ts';

/**
 * Opens `settings.json` in a data folder that this process owns. What cannot be read falls back to its default and is
 * told to `onProblem`; the file as it was is kept beside, under a name with the time.
 */
export function openSettings(options: { dataDir: string; onProblem?: (message: string) => void }): {
  readonly topic: Topic<Settings>;
  readonly api: AppService['settings'];
} {
  const { dataDir, onProblem = () => {} } = options;
  const path = join(dataDir, 'settings.json');
  const read = load(path, onProblem);
  let { raw } = read;
  const topic = createTopic(read.settings);

  return {
    topic,
    api: {
      get: () => topic.value,
      set(patch) {
        const now = topic.value;
        const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        const next: Settings = { ...now, ...given, sampling: { ...now.sampling, ...patch.sampling } };
        const file = { ...raw, ...next };
        try {
          writeFileAtomic(path, toFile(file));
        } catch (error) {
          throw toStorageError(error);
        }
        raw = file;
        topic.set(next);
        return next;
      },
      watch: (_, { signal }) => topic.watch(signal),
    },
  };
}

function load(path: string, onProblem: (message: string) => void): ReadSettings {
  const none: ReadSettings = { settings: defaultSettings, raw: {}, invalid: [] };
  if (!existsSync(path)) return none;
  const aside = `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  const kept = `The file as it was is kept as ${aside}.`;
  let read: ReadSettings;
  try {
    read = readSettings(readFileSync(path, 'utf8'));
  } catch (error) {
    const moved = attempt(() => renameSync(path, aside)) ? ` ${kept}` : '';
    onProblem(`The settings cannot be read (${String(error)}), so all have their defaults.${moved}`);
    return none;
  }
  if (read.invalid.length === 0) return read;
  // Written anew at once, so that the next start does not find the same trouble again.
  const mended = attempt(() => {
    copyFileSync(path, aside);
    chmodSync(aside, 0o600);
    writeFileAtomic(path, toFile({ ...read.raw, ...read.settings }));
  });
  onProblem(
    `Some settings could not be used and have their defaults: ${read.invalid.join(', ')}.${mended ? ` ${kept}` : ''}`,
  );
  return read;
}

const toFile = (values: Record<string, unknown>) => `${JSON.stringify(values, null, 2)}\n`;

/** False where the disk does not allow it; the original is then still in its place. */
function attempt(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}

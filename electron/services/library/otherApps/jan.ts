import { dirname, isAbsolute, join, relative } from 'node:path';
import {
  type AppFinds,
  type Candidate,
  isFolder,
  isModelName,
  listFiles,
  lookAt,
  toCandidates,
} from './candidate.ts';
import { type AppWorld, dataFolders } from './places.ts';
import { readSmall } from './readSmall.ts';

/** Jan: a `model.yml` for each model, which names the file, in its data folder or where it was imported from. */
export async function findJan(world: AppWorld): Promise<AppFinds> {
  const data = join(dataFolders(world).roaming, 'Jan/data');
  const folder = join(data, 'llamacpp/models');
  if (!(await isFolder(folder))) return { places: [], candidates: [] };
  const notes = await listFiles(folder, 4, (name) => name === 'model.yml');
  const found = await Promise.all(notes.map((note) => readNote(note, { data, folder })));
  return { places: [folder], candidates: found.flat() };
}

async function readNote(note: string, where: { data: string; folder: string }): Promise<Candidate[]> {
  const facts = readFacts((await readSmall(note)) ?? '');
  const said = facts.get('model_path');
  const path = !said ? join(dirname(note), 'model.gguf') : isAbsolute(said) ? said : join(where.data, said);
  // A path that is not the person's own choice stays inside the data folder.
  const inside = isAbsolute(said ?? '') || !relative(where.data, path).startsWith('..');
  const file = inside && isModelName(path.split(/[\\/]/).at(-1) ?? '') ? await lookAt(path) : null;
  if (!file) return [];
  const name = relative(where.folder, dirname(note)).replaceAll('\\', '/') || facts.get('name') || 'Jan';
  const hash = facts.get('model_sha256') ?? '';
  const sha256 = /^[0-9a-f]{64}$/i.test(hash) ? [hash.toLowerCase()] : null;
  return toCandidates('jan', [file], () => ({ name, keptName: name.split('/').at(-1) ?? name, sha256 }));
}

/** The plain `key: value` lines of a YAML file; nothing else of it is needed. */
function readFacts(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').flatMap((line) => {
    const match = /^([a-z0-9_]+):\s*(?:"([^"]*)"|'([^']*)'|([^#]*))/.exec(line.trimEnd());
    const value = match?.[2] ?? match?.[3] ?? match?.[4]?.trim();
    return match?.[1] && value ? [[match[1], value] as const] : [];
  });
  return new Map(lines);
}

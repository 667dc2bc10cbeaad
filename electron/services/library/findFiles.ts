import { lstat, readdir, readlink, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ofSameModel } from './groupParts.ts';

/** Limits of one folder: how deep it is searched, how many entries are looked at. */
const limits = { depth: 4, entries: 20_000 } as const;

/** A GGUF file on disk: size in bytes, modified in ms. */
export interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/** Something with the name of a model that is none, and why. */
export interface OddFile {
  readonly path: string;
  readonly reason: string;
}

export interface Found {
  readonly files: readonly FoundFile[];
  readonly odd: readonly OddFile[];
  /** Folders that were searched, for the watcher. */
  readonly folders: readonly string[];
  /** Why the search is not complete, in words, if it is not. */
  readonly problem: string | null;
}

const isModelFile = (name: string) => /\.gguf$/i.test(name) && !/^(\.|mmproj)/i.test(name);

/** Finds GGUF files in a folder, four levels deep. Links to files are followed, links to folders are not. */
export async function findInFolder(root: string): Promise<Found> {
  const files: FoundFile[] = [];
  const odd: OddFile[] = [];
  const folders: string[] = [];
  let left: number = limits.entries;
  let problem: string | null = null;

  const visit = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      problem ??= tellProblem(folder, error);
      return [];
    });
    folders.push(folder);
    for (const entry of entries) {
      if (left-- <= 0) {
        problem ??= `This folder holds more than ${limits.entries} entries; the rest was not looked at. Add the folder with the models in it.`;
        return;
      }
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (depth < limits.depth && !entry.name.startsWith('.')) await visit(path, depth + 1);
      } else if (isModelFile(entry.name)) {
        const found = await findFile(path);
        if (found.file) files.push(found.file);
        else if (found.problem !== null) odd.push({ path, reason: found.problem });
      }
    }
  };
  await visit(root, 0);
  return { files, odd, folders, problem };
}

/** Looks at a file that was added by hand, and at the parts of the same model beside it. */
export async function findAdded(path: string): Promise<Found> {
  const { file, problem } = await findFile(path);
  const name = basename(path);
  const beside = await readdir(dirname(path)).catch(() => []);
  const parts = beside.filter((other) => other !== name && ofSameModel(other, name));
  const found = await Promise.all(parts.map((part) => findFile(join(dirname(path), part))));
  return {
    files: [file, ...found.map((part) => part.file)].filter((one) => one !== null),
    odd: [],
    folders: [],
    problem: file ? null : (problem ?? tellProblem(path, { code: 'ENOENT' })),
  };
}

/** Looks at one file. With neither file nor problem there is nothing of this name any more. */
async function findFile(path: string): Promise<{ file: FoundFile | null; problem: string | null }> {
  try {
    const facts = await stat(path);
    if (facts.isFile()) return { file: { path, size: facts.size, modified: facts.mtimeMs }, problem: null };
    return {
      file: null,
      problem: facts.isDirectory()
        ? 'This is a link to a folder. Add that folder itself to use the models in it.'
        : 'This is a pipe or a device, not a model file.',
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return { file: null, problem: tellProblem(path, error as NodeJS.ErrnoException) };
    return { file: null, problem: await tellLink(path) };
  }
}

async function tellLink(path: string): Promise<string | null> {
  const facts = await lstat(path).catch(() => null);
  if (!facts?.isSymbolicLink()) return null;
  const target = await readlink(path).catch(() => 'another place');
  return `This is a link to ${target}, and there is nothing there any more. If it lies on a disk that was removed, connect it and look again.`;
}

function tellProblem(path: string, error: Pick<NodeJS.ErrnoException, 'code'>): string {
  switch (error.code) {
    case 'ENOENT':
      return `${path} is not there any more. If it lies on a disk that was removed, connect it and look again.`;
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be read by your account. Change its permissions, then look again.`;
    case 'ENOTDIR':
      return `${path} is not a folder.`;
    case 'ELOOP':
      return `${path} is a link that goes round in a circle.`;
    default:
      return `${path} cannot be read: the disk does not answer (${error.code ?? 'no reason given'}).`;
  }
}

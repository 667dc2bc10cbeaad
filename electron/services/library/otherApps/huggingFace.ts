import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { OtherApp } from '../../../contract/library.ts';
import type { FoundFile } from '../findFiles.ts';
import { type AppFinds, type Candidate, isFolder, isModelName, toCandidates } from './candidate.ts';
import { type AppWorld, huggingFaceCache } from './places.ts';

/** The cache of the Hugging Face tools, which llama.cpp uses too: snapshots of repositories with links into their blobs. */
export async function findHuggingFace(world: AppWorld): Promise<AppFinds> {
  const finds = await inCache('huggingFace', huggingFaceCache(world));
  const llamaCpp = world.env['LLAMA_CACHE'];
  if (!llamaCpp) return finds;
  const more = await inCache('llamaCpp', llamaCpp);
  return {
    places: [...finds.places, ...more.places],
    candidates: [...finds.candidates, ...more.candidates],
  };
}

async function inCache(app: OtherApp, cache: string): Promise<AppFinds> {
  const entries = await readdir(cache, { withFileTypes: true }).catch(() => []);
  const repos = entries.filter((entry) => entry.isDirectory() && entry.name.startsWith('models--'));
  if (repos.length === 0) return { places: [], candidates: [] };
  const found: Candidate[] = [];
  for (const { name } of repos) found.push(...(await inRepo(app, join(cache, name))));
  return { places: [cache], candidates: found };
}

async function inRepo(app: OtherApp, repo: string): Promise<Candidate[]> {
  const home = await realpath(repo).catch(() => repo);
  const files: FoundFile[] = [];
  const hashes = new Map<string, string>();
  // Snapshots of several commits lead to the same blobs.
  const seen = new Set<string>();
  for (const commit of await commitsOf(repo)) {
    for (const path of await listSnapshot(join(repo, 'snapshots', commit))) {
      const real = await realpath(path).catch(() => null);
      if (real === null || seen.has(real) || !isOwn(path, real, repo, home)) continue;
      const facts = await stat(real).catch(() => null);
      if (!facts?.isFile()) continue;
      seen.add(real);
      files.push({ path, size: facts.size, modified: facts.mtimeMs });
      // A blob of LFS is named by its SHA-256; others have a shorter hash, and real files their own name.
      if (/^[0-9a-f]{64}$/.test(basename(real))) hashes.set(path, basename(real));
    }
  }
  const owner = basename(repo).slice('models--'.length).replaceAll('--', '/');
  return toCandidates(app, files, (parts) => {
    const sha256 = parts.flatMap(({ path }) => hashes.get(path) ?? []);
    const stem = basename(parts[0]?.path ?? '').replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '');
    return { name: `${owner}: ${stem}`, sha256: sha256.length === parts.length ? sha256 : null };
  });
}

/** The commit that `main` names first, then the others. */
async function commitsOf(repo: string): Promise<string[]> {
  const folder = join(repo, 'snapshots');
  if (!(await isFolder(folder))) return [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const main = await readFile(join(repo, 'refs/main'), 'utf8').catch(() => '');
  const commits = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return commits.sort((a, b) => Number(b === main.trim()) - Number(a === main.trim()) || a.localeCompare(b));
}

/** Files and links of a snapshot and the folders in it. */
async function listSnapshot(folder: string, depth = 2): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const paths = await Promise.all(
    entries.slice(0, 5000).map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return depth > 0 ? listSnapshot(path, depth - 1) : [];
      return isModelName(entry.name) && (entry.isFile() || entry.isSymbolicLink()) ? [path] : [];
    }),
  );
  return paths.flat().sort();
}

/** A link of the cache leads into the blobs beside it, and a real file is where it seems; nothing else is followed. */
const isOwn = (path: string, real: string, repo: string, home: string): boolean =>
  real.startsWith(join(home, 'blobs') + sep) || real === join(home, relative(repo, path));

import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { type AppFinds, type Candidate, isFolder, listFiles, lookAt, toCandidates } from './candidate.ts';
import { type AppWorld, ollamaFolders } from './places.ts';
import { readSmallJson } from './readSmall.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const manifest = z.object({
  layers: z.array(z.object({ mediaType: z.string(), digest, size: z.number() })).max(1000),
});
const modelLayer = 'application/vnd.ollama.image.model';
const namePart = /^[\w.-]{1,200}$/;

/** Ollama: manifests say which blob is the model of a name; blobs are named by their SHA-256 and have no ending. */
export async function findOllama(world: AppWorld): Promise<AppFinds> {
  const finds = await Promise.all(ollamaFolders(world).map(inStore));
  return {
    places: finds.flatMap(({ places }) => places),
    candidates: finds.flatMap(({ candidates }) => candidates),
  };
}

async function inStore(folder: string): Promise<AppFinds> {
  const manifests = join(folder, 'manifests');
  if (!(await isFolder(manifests))) return { places: [], candidates: [] };
  const paths = await listFiles(manifests, 3, (name) => namePart.test(name));
  const byBlob = new Map<string, { size: number; names: string[] }>();
  for (const path of paths) {
    const name = nameOf(relative(manifests, path).split(sep));
    const layer = name === null ? null : modelOf(await readSmallJson(path));
    if (name === null || !layer) continue;
    const known = byBlob.get(layer.digest) ?? { size: layer.size, names: [] };
    byBlob.set(layer.digest, { ...known, names: [...known.names, name] });
  }
  const found = await Promise.all([...byBlob].map(([hash, about]) => toModel(folder, hash, about)));
  return { places: [folder], candidates: found.flat() };
}

/** The one layer that is the model. A model in tensors, or in the cloud, has none. */
function modelOf(json: unknown): { digest: string; size: number } | null {
  const layers = manifest.safeParse(json).data?.layers.filter(({ mediaType }) => mediaType === modelLayer);
  return layers?.length === 1 ? (layers[0] ?? null) : null;
}

/** What people type: `gemma4:latest` for a model of Ollama's own library, the host left out only there. */
function nameOf(segments: readonly string[]): string | null {
  const [host = '', namespace = '', model = '', tag = ''] = segments;
  if (segments.length !== 4 || !segments.every((segment) => namePart.test(segment))) return null;
  if (host !== 'registry.ollama.ai') return `${host}/${namespace}/${model}:${tag}`;
  return namespace === 'library' ? `${model}:${tag}` : `${namespace}/${model}:${tag}`;
}

async function toModel(
  folder: string,
  digest: string,
  { size, names }: { size: number; names: readonly string[] },
): Promise<Candidate[]> {
  const hash = digest.slice('sha256:'.length);
  const file = await lookAt(join(folder, 'blobs', `sha256-${hash}`));
  if (!file) return [];
  const [name = '', ...others] = names;
  const known = others.length > 0 ? `Also ${others.join(', ')}.` : null;
  // Ollama's own builds may need changes that only its llama.cpp has; those of the hub are the hub's files.
  const own = names.some((each) => !each.includes('.co/'));
  const note = [known, own ? 'Made for Ollama: some of its models run only there.' : null]
    .filter(Boolean)
    .join(' ');
  const found = await toCandidates('ollama', [file], () => ({
    name,
    keptName: name,
    sha256: [hash],
    note: note || null,
  }));
  return found.map((each) =>
    file.size === size ? each : { ...each, problem: 'Ollama has not fetched the whole of it yet.' },
  );
}

import type { Catalog, CatalogEntry } from '../../../models/catalog.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { CatalogModel, FoundModel, ModelDetails, ModelFile } from '../../contract/hub.ts';
import type { AppContract } from '../../contract/index.ts';
import type { ModelShape } from '../../engine/scan/contract.ts';
import type { Network } from '../network/createNetwork.ts';
import { askHub } from './askHub.ts';
import { estimateFit, type Machine } from './fit.ts';
import { type FileGroup, groupFiles } from './groupFiles.ts';
import { createHubCache } from './hubCache.ts';
import { recommend } from './quantization.ts';
import { nextPage, readJson } from './readJson.ts';
import { readRepo, toFoundModel } from './readRepo.ts';
import { readTree } from './readTree.ts';
import type { ReadHeader } from './remoteHeader.ts';

/** How long a search waits for the next letter, in ms. */
const debounce = 250;
/** What a row of a search needs; everything else would make the answer many times larger. */
const rowFields = ['downloads', 'likes', 'gated', 'lastModified', 'pipeline_tag', 'tags', 'author'];

type SearchInput = Parameters<Service<AppContract>['hub']['search']>[0];

/** What can be had: the catalogue, and the hub's own search. */
export interface Hub {
  readonly api: Service<AppContract>['hub'];
}

/** Makes the {@link Hub}. `contextSize` is the window that models are loaded with, in tokens. */
export function createHub(options: {
  network: Network;
  catalog: Catalog;
  machine: () => Machine;
  /** Reads the header of a remote file; null where it cannot be had. */
  readHeader: ReadHeader;
  contextSize: () => number;
}): Hub {
  const { network, catalog } = options;
  const cache = createHubCache();
  const architectures = new Set(catalog.llamaCpp.architectures);

  const withFit = (
    file: Omit<ModelFile, 'fit'>,
    about: {
      readonly contextLength: number | null;
      readonly kvBytesPer1024Tokens: number | null;
      readonly shape: ModelShape | null;
    },
  ): ModelFile => ({
    ...file,
    fit: estimateFit({
      size: file.size,
      kvBytesPer1024Tokens: about.kvBytesPer1024Tokens,
      contextSize: Math.min(options.contextSize(), about.contextLength ?? Number.POSITIVE_INFINITY),
      shape: about.shape,
      machine: options.machine(),
    }),
  });

  const fromCatalog = (entry: CatalogEntry): CatalogModel => {
    const { baseRepo: _, kvBytesPer1024Tokens, embedding: __, files: known, ...shown } = entry;
    const files = known.map(({ file, quantization, size, sha256 }) =>
      withFit(
        { file, quantization, parts: 1, size, sha256 },
        { contextLength: entry.contextLength, kvBytesPer1024Tokens, shape: null },
      ),
    );
    const usual = known.find((one) => one.usual)?.file ?? null;
    return { ...shown, files, recommended: recommend(files, usual) };
  };

  const askSearch = async (path: string, signal: AbortSignal) => {
    const { answer } = await askHub(network, path, 'the search', { purpose: 'search', signal });
    const rows = await readJson(answer);
    if (!Array.isArray(rows))
      throw new InklingError('hub_error', 'The hub’s answer cannot be understood. Try again later.');
    const models: FoundModel[] = rows.flatMap((row) => {
      const repo = readRepo(row);
      return repo ? [toFoundModel(repo)] : [];
    });
    const next = nextPage(answer, network.origin);
    return { models, next: next === null ? null : new URLSearchParams(next.split('?')[1]).get('cursor') };
  };

  const askModel = async (name: string, signal: AbortSignal): Promise<Asked> => {
    const { answer } = await askHub(network, `/api/models/${name}`, name, { purpose: 'model', signal });
    const repo = readRepo(await readJson(answer));
    if (!repo) throw new InklingError('hub_error', 'The hub’s answer cannot be understood. Try again later.');
    const tree = await readTree(network, {
      repo: name,
      revision: repo.sha ?? 'main',
      purpose: 'model',
      signal,
    });
    const grouped = groupFiles(tree);
    const [smallest] = grouped.groups.toSorted((a, b) => (a.size ?? 0) - (b.size ?? 0));
    const mayBeRead = smallest && repo.gated !== 'auto' && repo.gated !== 'manual' && repo.gated !== true;
    const wanted = mayBeRead ? { repo: name, file: smallest.file, revision: repo.sha ?? 'main' } : null;
    return { repo, ...grouped, shape: wanted && (await options.readHeader(wanted, signal)) };
  };

  const toDetails = ({ repo, groups, leftOut, shape }: Asked): ModelDetails => {
    const contextLength = shape?.contextLength ?? (repo.gguf?.context_length || null);
    const curated = catalog.models.find((entry) => entry.repo === repo.id);
    const kvBytesPer1024Tokens = curated?.kvBytesPer1024Tokens ?? null;
    const files = groups.map((group) => withFit(group, { contextLength, kvBytesPer1024Tokens, shape }));
    const architecture = shape?.architecture ?? repo.gguf?.architecture ?? null;
    return {
      ...toFoundModel(repo),
      commit: repo.sha ?? null,
      architecture,
      supported: architecture === null ? null : architectures.has(architecture),
      parameters: repo.gguf?.total || null,
      contextLength,
      files,
      recommended: recommend(files, curated?.files.find(({ usual }) => usual)?.file),
      leftOut,
      page: `${network.origin}/${repo.id}`,
    };
  };

  return {
    api: {
      catalog: () => ({ models: catalog.models.map(fromCatalog) }),
      search(input, { signal }) {
        const path = searchPath(input);
        return cache.get(path, debounce, signal, (asking) => askSearch(path, asking));
      },
      async model({ repo }, { signal }) {
        // The words about fitting are made anew: memory changes while the answer is kept.
        return toDetails(await cache.get(`model ${repo}`, 0, signal, (asking) => askModel(repo, asking)));
      },
    },
  };
}

interface Asked {
  readonly repo: NonNullable<ReturnType<typeof readRepo>>;
  readonly groups: readonly FileGroup[];
  readonly leftOut: number;
  /** What the header of one of its files says. */
  readonly shape: ModelShape | null;
}

function searchPath({ query, sort, license, limit, cursor }: SearchInput): string {
  const asked = new URLSearchParams({ filter: 'gguf' });
  if (license !== null) asked.append('filter', `license:${license}`);
  const words = query.trim();
  if (words !== '') asked.set('search', words);
  asked.set('sort', sort);
  asked.set('limit', String(limit));
  for (const field of rowFields) asked.append('expand[]', field);
  if (cursor !== null) asked.set('cursor', cursor);
  return `/api/models?${asked}`;
}

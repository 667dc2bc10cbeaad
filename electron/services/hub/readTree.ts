import { z } from 'zod';
import type { NetworkPurpose } from '../../contract/network.ts';
import type { Network } from '../network/createNetwork.ts';
import { askHub } from './askHub.ts';
import { nextPage, readJson } from './readJson.ts';

/** Pages of a list that are read, and entries that are kept: the largest repositories have some hundreds. */
const most = { pages: 20, entries: 20_000 } as const;

const entry = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number().nonnegative().optional(),
  lfs: z.object({ oid: z.string(), size: z.number().nonnegative() }).partial().nullish(),
});

/** A file of a repository. */
export interface TreeFile {
  readonly path: string;
  readonly size: number | null;
  readonly sha256: string | null;
}

/** All files of a repository at a revision. Throws what {@link askHub} throws; entries that make no sense are left out. */
export async function readTree(
  network: Network,
  options: {
    readonly repo: string;
    readonly revision: string;
    readonly purpose: NetworkPurpose;
    readonly signal: AbortSignal;
  },
): Promise<TreeFile[]> {
  const { repo, revision, purpose, signal } = options;
  const files: TreeFile[] = [];
  let path: string | null = `/api/models/${repo}/tree/${encodeURIComponent(revision)}?recursive=true`;
  for (let page = 0; path !== null && page < most.pages && files.length < most.entries; page++) {
    const asked = await askHub(network, path, repo, { purpose, signal });
    const rows: unknown = await readJson(asked.answer);
    path = nextPage(asked.answer, network.origin);
    for (const row of Array.isArray(rows) ? rows : []) {
      const { data } = entry.safeParse(row);
      if (data?.type === 'file') files.push(toFile(data));
    }
  }
  return files;
}

function toFile({ path, size, lfs }: z.infer<typeof entry>): TreeFile {
  const oid = lfs?.oid?.toLowerCase();
  return {
    path,
    size: lfs?.size ?? size ?? null,
    sha256: oid && /^[0-9a-f]{64}$/.test(oid) ? oid : null,
  };
}

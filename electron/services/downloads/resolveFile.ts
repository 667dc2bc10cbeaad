import { z } from 'zod';
import { InklingError } from '../../contract/errors.ts';
import { askHub, escapePath } from '../hub/askHub.ts';
import { readTree } from '../hub/readTree.ts';
import type { Network } from '../network/createNetwork.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const commit = z.string().regex(/^[0-9a-f]{40}$/);

/** What the hub says about a file, and where its bytes are for now. */
export interface ResolvedFile {
  readonly commit: string | null;
  readonly size: number;
  /** Null where the hub does not tell it. */
  readonly sha256: string | null;
  /** Where to get the bytes; the address expires, so it is kept in memory only. */
  readonly url: URL;
}

/**
 * Asks the hub for a file's commit, size, hash and address. What the redirect does not say is looked up in the list of
 * files. Throws `not_found`, `gated`, `rate_limited`, `offline`, `timeout` or `hub_error`.
 */
export async function resolveFile(
  network: Network,
  wanted: { readonly repo: string; readonly file: string; readonly revision: string },
  signal: AbortSignal,
): Promise<ResolvedFile> {
  const { repo, file, revision } = wanted;
  const path = `/${repo}/resolve/${encodeURIComponent(revision)}/${escapePath(file)}`;
  const options = { purpose: 'download', signal, headers: { range: 'bytes=0-0' } } as const;
  const { answer, url, said } = await askHub(network, path, `${repo}/${file}`, options);
  answer.discard();
  const found = {
    commit: commit.safeParse(said('x-repo-commit')).data ?? null,
    size: readSize(said('x-linked-size')),
    sha256: sha256.safeParse(unquote(said('x-linked-etag'))).data ?? null,
  };
  const listed =
    found.size === null || found.sha256 === null ? await lookUp(network, wanted, found.commit, signal) : null;
  const target = answer.location ?? url;
  const size = found.size ?? listed?.size ?? totalOf(said) ?? (await askSize(network, target, signal));
  if (size === null || size <= 0)
    throw new InklingError(
      'hub_error',
      `The hub does not say how large ${file} is, so it cannot be fetched.`,
    );
  return { commit: found.commit, size, sha256: found.sha256 ?? listed?.sha256 ?? null, url: target };
}

async function lookUp(
  network: Network,
  { repo, file, revision }: { repo: string; file: string; revision: string },
  found: string | null,
  signal: AbortSignal,
) {
  try {
    const entries = await readTree(network, {
      repo,
      revision: found ?? revision,
      purpose: 'download',
      signal,
    });
    return entries.find((entry) => entry.path === file) ?? null;
  } catch (error) {
    // A mirror without lists still has the bytes.
    if (error instanceof InklingError && ['not_found', 'hub_error'].includes(error.code)) return null;
    throw error;
  }
}

async function askSize(network: Network, url: URL, signal: AbortSignal): Promise<number | null> {
  const answer = await network.get(url, { purpose: 'download', signal, headers: { range: 'bytes=0-0' } });
  answer.discard();
  return totalOf(answer.header);
}

/** The whole size, from the first answer with bytes. */
function totalOf(header: (name: string) => string | null): number | null {
  const total = /\/(\d+)$/.exec(header('content-range') ?? '')?.[1];
  return readSize(total ?? null);
}

function readSize(text: string | null): number | null {
  const size = Number(text ?? Number.NaN);
  return Number.isSafeInteger(size) && size > 0 ? size : null;
}

const unquote = (text: string | null) => text?.replace(/^(W\/)?"|"$/g, '').toLowerCase();

import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { type ModelShape, scanContract } from '../../engine/scan/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { SpawnChild } from '../children.ts';
import type { Network } from '../network/createNetwork.ts';
import { askHub, escapePath } from './askHub.ts';

const MiB = 1024 * 1024;
/** How much of a file is fetched, in steps, until its header tells enough. The words a model knows make it long. */
const steps = [MiB / 4, 2 * MiB, 8 * MiB] as const;
/** How long all of it may take, and how long reading one beginning may, in ms. */
const patience = { all: 6_000, scan: 4_000 } as const;

/** Reads what a file on the hub says about its build, from its beginning; null where that cannot be had. Never throws. */
export type ReadHeader = (
  wanted: { readonly repo: string; readonly file: string; readonly revision: string },
  signal: AbortSignal,
) => Promise<ModelShape | null>;

/** Makes a {@link ReadHeader}. What comes from the hub is read in a process of its own, which may die of it. */
export function createRemoteHeader(options: {
  network: Network;
  spawn: SpawnChild;
  scanEntry: string;
}): ReadHeader {
  return async ({ repo, file, revision }, signal) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patience.all)]);
    const folder = await mkdtemp(join(tmpdir(), 'inkling-header-'));
    const path = join(folder, 'beginning.gguf');
    const beginning = await open(path, 'wx', 0o600);
    try {
      const source = `/${repo}/resolve/${encodeURIComponent(revision)}/${escapePath(file)}`;
      let have = 0;
      for (const step of steps) {
        const { bytes, wholeSize } = await fetchPart(options.network, source, have, step - 1, limit);
        await beginning.write(bytes, 0, bytes.length, have);
        have += bytes.length;
        const shape = await scan(options, path, wholeSize, limit);
        if (shape || have >= wholeSize || bytes.length === 0) return shape;
      }
      return null;
    } catch {
      // Whatever it was: without the header the estimate goes by the size alone.
      return null;
    } finally {
      await beginning.close();
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** Fetches bytes `from` to `to` of a file, wherever the hub keeps them. */
async function fetchPart(
  network: Network,
  source: string,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<{ bytes: Buffer; wholeSize: number }> {
  const options = { purpose: 'model', signal, headers: { range: `bytes=${from}-${to}` } } as const;
  const asked = await askHub(network, source, 'the beginning of a file', options);
  let { answer } = asked;
  if (answer.location) {
    answer.discard();
    answer = await network.get(answer.location, options);
  }
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.header('content-range') ?? '');
  if (answer.status !== 206 || !range || Number(range[1]) !== from) {
    answer.discard();
    throw new InklingError('hub_error', 'The hub does not give parts of this file.');
  }
  const chunks: Buffer[] = [];
  let left = to - from + 1;
  for await (const chunk of answer.body) {
    chunks.push(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) break;
  }
  return { bytes: Buffer.concat(chunks), wholeSize: Number(range[3]) };
}

async function scan(
  { spawn, scanEntry }: { spawn: SpawnChild; scanEntry: string },
  path: string,
  wholeSize: number,
  signal: AbortSignal,
): Promise<ModelShape | null> {
  const child = spawn(scanEntry);
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patience.scan)]);
    return await connect(scanContract, child.port).scan.readBeginning({ path, wholeSize }, { signal: limit });
  } finally {
    child.kill();
  }
}

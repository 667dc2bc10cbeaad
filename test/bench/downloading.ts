import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, openClient } from '../client.ts';
import { openHub } from '../fakes/hub/openHub.ts';
import { makeDir, removeDir, startHost } from '../hosts/browser/startHost.ts';
import { median } from './figures.ts';

/** Figures about fetching a model over loopback. */
export interface Downloading {
  /** Our speed, from the click to the verified file, by that of curl writing the same bytes to the same disk. */
  readonly downloadVsCurl: number;
  /** The same by curl and the SHA-256 of its file together, since ours is not there before its hash is. */
  readonly downloadVsCurlAndHash: number;
  /** Our speed by that of curl where the server sends at most 2.5 Gbit/s on a connection: the processor decides less. */
  readonly downloadVsCurlOnFastLine: number;
  /** Memory that the host took beyond what it had before, at most, in MiB; null where the system does not tell. */
  readonly downloadPeakMiB: number | null;
}

const repo = 'bench/model';
const size = 512 << 20;
/** Bytes a second. */
const fastLine = 2.5e9 / 8;

/** Fetches half a gigabyte with curl and through the whole app, in turns. */
export async function measureDownloading(entry: string, rounds: number): Promise<Downloading> {
  const hub = await openHub();
  const dataDir = makeDir();
  const bytes = randomBytes(size);
  hub.put(repo, 'model.gguf', bytes);
  const host = await startHost({ entry, dataDir, env: { INKLING_HUB_URL: hub.url } });
  const api = await openClient(host);
  try {
    const idle = memoryOf(host.pid, 'VmRSS');
    const ratios: number[] = [];
    const withHash: number[] = [];
    const onFastLine: number[] = [];
    const url = `${hub.url}/${repo}/resolve/main/model.gguf`;
    const path = join(dataDir, 'curl.gguf');
    for (let round = 0; round <= rounds; round++) {
      const curl = await fetchWithCurl(url, path);
      const ours = await fetchWithApp(api, dataDir);
      // The first round warms both up.
      if (round === 0) continue;
      ratios.push(curl.fetched / ours);
      withHash.push((curl.fetched + curl.hashed) / ours);
      hub.rate = fastLine;
      onFastLine.push((await fetchWithCurl(url, path)).fetched / (await fetchWithApp(api, dataDir)));
      hub.rate = Infinity;
    }
    return {
      downloadVsCurl: median(ratios),
      downloadVsCurlAndHash: median(withHash),
      downloadVsCurlOnFastLine: median(onFastLine),
      downloadPeakMiB: idle === null ? null : ((memoryOf(host.pid, 'VmHWM') ?? idle) - idle) / 1024,
    };
  } finally {
    api.close();
    await host.stop();
    await hub.close();
    removeDir(dataDir);
  }
}

/** Times in ms: until curl ended, and to hash what it wrote. */
async function fetchWithCurl(url: string, path: string): Promise<{ fetched: number; hashed: number }> {
  const started = performance.now();
  const child = spawn('curl', ['-sSfL', '-o', path, url], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const fetched = performance.now() - started;
  if (code !== 0) throw new Error(`curl ended with ${code}`);
  const hashed = timeToHash(path);
  rmSync(path);
  return { fetched, hashed };
}

function timeToHash(path: string): number {
  const started = performance.now();
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 18);
  const file = openSync(path, 'r');
  for (let read = 1; read > 0; ) {
    read = readSync(file, buffer);
    hash.update(buffer.subarray(0, read));
  }
  closeSync(file);
  hash.digest();
  return performance.now() - started;
}

async function fetchWithApp(api: Client, dataDir: string): Promise<number> {
  const started = performance.now();
  const { id } = await api.downloads.start({ repo, file: 'model.gguf' });
  for await (const { downloads } of api.downloads.watch({})) {
    const mine = downloads.find((one) => one.id === id);
    if (mine?.state === 'ready') break;
    if (mine?.problem) throw new Error(mine.problem.message);
  }
  const took = performance.now() - started;
  await api.downloads.remove({ id });
  rmSync(join(dataDir, 'models', repo, 'model.gguf'));
  return took;
}

/** A figure of /proc in KiB: resident memory now, or its highest point. */
function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number | null {
  if (process.platform !== 'linux') return null;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN);
}

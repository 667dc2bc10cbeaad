import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import { createHub } from '../../../electron/services/hub/createHub.ts';
import { createRemoteHeader } from '../../../electron/services/hub/remoteHeader.ts';
import { createNetwork } from '../../../electron/services/network/createNetwork.ts';
import { catalog } from '../../../models/catalog.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { type GgufValue, writeGguf } from '../../../models/writeGguf.ts';
import { type FakeHub, startHub } from '../../fakes/hub/startHub.ts';
import { uncancelled } from '../conversations/openChats.ts';
import { tempFolder } from '../storage/tempFolder.ts';

const scanEntry = join(import.meta.dirname, '../../../electron/engine/scan/main.ts');
const children = createChildProcesses();
afterEach(() => children.killAll());

const name = 'org/Ink-GGUF';
const file = 'ink-Q4_K_M.gguf';

function reader(fake: Pick<FakeHub, 'url'>) {
  const network = createNetwork({ hubUrl: fake.url, patience: { answer: 2_000, silence: 2_000 } });
  onTestFinished(() => network.close());
  const readHeader = createRemoteHeader({ network, spawn: children.spawn, scanEntry });
  return {
    network,
    readHeader,
    read: () => readHeader({ repo: name, file, revision: 'main' }, uncancelled.signal),
  };
}

async function modelBytes(options: Parameters<typeof writeRandomModel>[1] = {}): Promise<Buffer> {
  const path = join(tempFolder(), 'model.gguf');
  await writeRandomModel(path, options);
  return readFileSync(path);
}

/** A header whose interesting part comes after a list of words of about this many bytes. */
async function lateHeader(bytes: number): Promise<Buffer> {
  const path = join(tempFolder(), 'late.gguf');
  const uint = (value: number): GgufValue => ({ type: 'uint32', value });
  const words = Array.from({ length: Math.ceil(bytes / 108) }, (_, n) => `${n}`.padEnd(100, 'x'));
  await writeGguf(
    path,
    {
      'general.architecture': { type: 'string', value: 'llama' },
      'tokenizer.ggml.tokens': { type: 'strings', value: words },
      'llama.block_count': uint(3),
      'llama.embedding_length': uint(64),
      'llama.attention.head_count': uint(4),
      'llama.attention.head_count_kv': uint(2),
    },
    [],
  );
  return readFileSync(path);
}

const leftovers = () => readdirSync(tmpdir()).filter((entry) => entry.startsWith('inkling-header-')).length;

describe('the header of a remote file', () => {
  it('is read from its first part alone', async () => {
    const fake = await startHub();
    const bytes = await modelBytes();
    fake.put(name, file, bytes);
    const before = leftovers();
    expect(await reader(fake).read()).toMatchObject({
      architecture: 'llama',
      kind: 'model',
      layers: 2,
      embedding: 128,
      kvHeads: [2, 2],
      keyLength: 32,
      contextLength: 32_768,
    });
    expect(fake.ranges()).toEqual(['bytes=0-262143']);
    expect(leftovers()).toBe(before);
  });

  it('is fetched further where the first part does not tell enough', async () => {
    const fake = await startHub();
    fake.put(name, file, await lateHeader(900_000));
    expect(await reader(fake).read()).toMatchObject({ layers: 3, kvHeads: [2, 2, 2], keyLength: 16 });
    expect(fake.ranges()).toEqual(['bytes=0-262143', 'bytes=262144-2097151']);
  });

  it('is given up where it never tells enough', async () => {
    const fake = await startHub();
    fake.put(name, file, await lateHeader(9 * 1024 * 1024));
    expect(await reader(fake).read()).toBeNull();
    expect(fake.ranges()).toHaveLength(3);
  });

  it.each([
    ['a web page', Buffer.from('<!DOCTYPE html><title>no</title>'.repeat(100))],
    ['nothing but zeros', Buffer.alloc(400_000)],
    ['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256))],
  ])('of %s is none, and does no harm', async (_, bytes) => {
    const fake = await startHub();
    fake.put(name, file, bytes);
    const before = leftovers();
    expect(await reader(fake).read()).toBeNull();
    expect(leftovers()).toBe(before);
  });

  it('is not read where the hub sends the whole file, an error, or another part', async () => {
    const fake = await startHub();
    fake.put(name, file, await modelBytes());
    const { read } = reader(fake);
    for (const fault of [
      { kind: 'whole' },
      { kind: 'status', status: 503 },
      { kind: 'contentRange', value: 'bytes 5-9/100' },
    ] as const) {
      fake.onBytes = () => fault as never;
      expect(await read(), fault.kind).toBeNull();
    }
    expect(fake.sent).toBeLessThan(8 * 1024 * 1024);
  });

  it('corrects what the hub says of a model, and the estimate, before the download', async () => {
    const fake = await startHub();
    fake.put(name, file, await modelBytes({ contextLength: 2048 }));
    fake.repos.repo(name).gguf = null;
    const { network, readHeader } = reader(fake);
    const { api } = createHub({
      network,
      catalog,
      readHeader,
      contextSize: () => 8192,
      machine: () => ({
        room: { total: 16e9, free: 8e9, freed: 0, gpu: null },
        memoryFactor: 1.5,
        speeds: [{ name: 'Known', size: 1e9, tokensPerSecond: 20, threads: 2, at: 1 }],
      }),
    });
    const details = await api.model({ repo: name }, uncancelled);
    expect(details).toMatchObject({ architecture: 'llama', supported: true, contextLength: 2048 });
    const [only] = details.files;
    expect(only?.fit).toMatchObject({ word: 'well', contextSize: 2048 });
    expect(only?.fit.memory).toBeGreaterThan(1.5 * 150e6);
    expect(only?.fit.tokensPerSecond, 'too small to tell').toBeNull();
  });

  it('of an architecture that llama.cpp does not know says so before the download', async () => {
    const fake = await startHub();
    const bytes = await modelBytes();
    const at = bytes.indexOf('llama', bytes.indexOf('general.architecture'));
    bytes.write('llamb', at);
    fake.put(name, file, bytes);
    fake.repos.repo(name).gguf = null;
    const { network, readHeader } = reader(fake);
    const { api } = createHub({
      network,
      catalog,
      readHeader,
      contextSize: () => 8192,
      machine: () => ({
        room: { total: 16e9, free: 8e9, freed: 0, gpu: null },
        memoryFactor: 1,
        speeds: [],
      }),
    });
    expect(await api.model({ repo: name }, uncancelled)).toMatchObject({
      architecture: 'llamb',
      supported: false,
    });
  });
});

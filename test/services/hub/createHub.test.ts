import { describe, expect, it, onTestFinished } from 'vitest';
import { contract } from '../../../electron/contract/index.ts';
import { createHub } from '../../../electron/services/hub/createHub.ts';
import { createNetwork } from '../../../electron/services/network/createNetwork.ts';
import { catalog } from '../../../models/catalog.ts';
import { type FakeHub, startHub } from '../../fakes/hub/startHub.ts';
import { uncancelled } from '../conversations/openChats.ts';

const machine = {
  room: { total: 16e9, free: 8e9, freed: 0, gpu: null },
  memoryFactor: 1,
  speeds: [],
};

function openHub(fake: Pick<FakeHub, 'url'>) {
  const network = createNetwork({ hubUrl: fake.url, patience: { answer: 500, silence: 500 } });
  onTestFinished(() => network.close());
  const { api } = createHub({
    network,
    catalog,
    machine: () => machine,
    readHeader: async () => null,
    contextSize: () => 8192,
  });
  type Search = Partial<Parameters<typeof api.search>[0]>;
  return {
    network,
    catalog: async () => contract.hub.catalog.output.parse(await api.catalog(null, uncancelled)),
    search: async (input: Search = {}, signal = uncancelled.signal) =>
      contract.hub.search.output.parse(await api.search(contract.hub.search.input.parse(input), { signal })),
    model: async (repo: string) => contract.hub.model.output.parse(await api.model({ repo }, uncancelled)),
  };
}

const apiCalls = (fake: FakeHub) => fake.seen.filter(({ url }) => url.startsWith('/api/')).length;

describe('the catalogue', () => {
  it('is served without any request, with an honest word on each file', async () => {
    const fake = await startHub();
    const { models } = await openHub(fake).catalog();
    expect(models).toHaveLength(26);
    const words = new Map(
      models.map(({ id, files, recommended }) => [
        id,
        files.find(({ file }) => file === recommended?.file)?.fit.word,
      ]),
    );
    expect(words.get('qwen3.5-0.8b')).toBe('well');
    expect(words.get('gemma-4-12b')).toBe('tight');
    expect(words.get('gpt-oss-20b')).toBe('no');
    expect(words.get('deepseek-r1-0528-qwen3-8b'), 'a size that nobody noted').toBe('unknown');
    expect(fake.seen).toEqual([]);
  });
});

describe('search', () => {
  async function shelves() {
    const fake = await startHub();
    for (const [n, name] of ['alpha/Ink-1B-GGUF', 'beta/Ink-7B-GGUF', 'gamma/Paper-GGUF'].entries())
      Object.assign(fake.repos.repo(name), { downloads: 100 - n });
    fake.repos.repo('beta/Ink-7B-GGUF').gated = 'manual';
    fake.repos.repo('gamma/Paper-GGUF').license = 'mit';
    return { fake, hub: openHub(fake) };
  }

  it('finds GGUF repositories, marks gated ones, and asks for what it shows only', async () => {
    const { fake, hub } = await shelves();
    const { models, next } = await hub.search({ query: ' ink ' });
    expect(models.map(({ repo, gate, license }) => [repo, gate, license])).toEqual([
      ['alpha/Ink-1B-GGUF', 'open', 'apache-2.0'],
      ['beta/Ink-7B-GGUF', 'manual', 'apache-2.0'],
    ]);
    expect(next).toBeNull();
    const asked = new URL(fake.seen[0]!.url, fake.url).searchParams;
    expect(asked.get('search')).toBe('ink');
    expect(asked.getAll('filter')).toEqual(['gguf']);
    expect(asked.getAll('expand[]')).not.toContain('gguf');
  });

  it('filters by licence and turns pages', async () => {
    const { hub } = await shelves();
    expect((await hub.search({ license: 'mit' })).models.map(({ repo }) => repo)).toEqual([
      'gamma/Paper-GGUF',
    ]);
    const first = await hub.search({ limit: 2 });
    expect(first.models).toHaveLength(2);
    const second = await hub.search({ limit: 2, cursor: first.next });
    expect(second).toMatchObject({ models: [{ repo: 'gamma/Paper-GGUF' }], next: null });
  });

  it('does not follow a next page that lies elsewhere', async () => {
    const { fake, hub } = await shelves();
    fake.onHub = (_request, response) => {
      response.writeHead(200, { link: '<https://example.com/api/models?cursor=x>; rel="next"' }).end('[]');
      return true;
    };
    expect(await hub.search()).toEqual({ models: [], next: null });
  });

  it('asks nothing for a word that was typed over, and once for the same word', async () => {
    const { fake, hub } = await shelves();
    const typed = new AbortController();
    const early = expect(hub.search({ query: 'i' }, typed.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    setTimeout(() => typed.abort(), 50);
    await early;
    expect(apiCalls(fake)).toBe(0);
    await Promise.all([hub.search({ query: 'ink' }), hub.search({ query: 'ink' })]);
    await hub.search({ query: 'ink' });
    expect(apiCalls(fake)).toBe(1);
  });

  it('that the hub finds too much is told with the time, and not asked again before', async () => {
    const { fake, hub } = await shelves();
    fake.onHub = (_request, response) => {
      response.writeHead(429, { ratelimit: '"api";r=0;t=55' }).end();
      return true;
    };
    const refused = await hub.search({ query: 'ink' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'rate_limited', details: { retryAt: expect.any(Number) } });
    const { retryAt } = (refused as { details: { retryAt: number } }).details;
    expect(retryAt - Date.now()).toBeGreaterThan(50_000);
    await expect(hub.search({ query: 'other' })).rejects.toMatchObject({ code: 'rate_limited' });
    await expect(hub.model('alpha/Ink-1B-GGUF')).rejects.toMatchObject({ code: 'rate_limited' });
    expect(apiCalls(fake)).toBe(1);
    expect((await hub.catalog()).models).toHaveLength(26);
  });

  it('without a network says so, works again with one, and the catalogue always does', async () => {
    const { fake, hub } = await shelves();
    fake.onHub = (request) => {
      request.socket.destroy();
      return true;
    };
    await expect(hub.search({ query: 'ink' })).rejects.toMatchObject({ code: 'offline' });
    expect((await hub.catalog()).models).toHaveLength(26);
    fake.onHub = () => false;
    expect((await hub.search({ query: 'ink' })).models).toHaveLength(2);
  });

  it.each([
    ['no JSON', '<html>welcome to the hotel</html>'],
    ['no list', '{"error":"x"}'],
  ])('answered with %s fails with words', async (_, body) => {
    const { fake, hub } = await shelves();
    fake.onHub = (_request, response) => Boolean(response.writeHead(200).end(body));
    await expect(hub.search()).rejects.toMatchObject({ code: 'hub_error' });
  });

  it('leaves out rows that make no sense and fields that are hostile', async () => {
    const { fake, hub } = await shelves();
    const rows = [
      null,
      7,
      {},
      { id: '../../etc' },
      { id: 'a/b/c' },
      { id: 'a/b\u202e' },
      { id: `a/${'x'.repeat(500)}` },
      {
        id: 'ok/one',
        downloads: -5,
        likes: 'many',
        lastModified: 'never',
        tags: 'no',
        cardData: 7,
        gated: { a: 1 },
      },
      { id: 'ok/two', pipeline_tag: 'x'.repeat(5000), cardData: { license: ['mit', 'gpl'] }, gguf: [] },
    ];
    fake.onHub = (_request, response) => Boolean(response.writeHead(200).end(JSON.stringify(rows)));
    const { models } = await hub.search();
    expect(models).toEqual([
      {
        repo: 'ok/one',
        author: 'ok',
        name: 'one',
        downloads: null,
        likes: null,
        updatedAt: null,
        gate: 'unknown',
        license: null,
        task: null,
      },
      {
        repo: 'ok/two',
        author: 'ok',
        name: 'two',
        downloads: null,
        likes: null,
        updatedAt: null,
        gate: 'unknown',
        license: 'mit',
        task: null,
      },
    ]);
  });
});

describe('one model', () => {
  it('shows its choices with sizes, hashes and fit, split files as one, helpers left out', async () => {
    const fake = await startHub();
    const name = 'org/Ink-GGUF';
    for (const file of [
      'ink-Q4_K_M.gguf',
      'mmproj-F16.gguf',
      'ink-BF16-mmproj.gguf',
      'imatrix_x.gguf',
      'mtp-ink.gguf',
      'MTP/x.gguf',
      'README.md',
    ])
      fake.put(name, file, Buffer.alloc(100, file));
    for (const n of [1, 2]) fake.put(name, `BF16/ink-BF16-0000${n}-of-00002.gguf`, Buffer.alloc(300));
    fake.put(name, 'broken-00001-of-00002.gguf', Buffer.alloc(10));
    fake.put(name, '../escape.gguf', Buffer.alloc(10));
    const hub = openHub(fake);
    const details = await hub.model(name);
    expect(details).toMatchObject({
      repo: name,
      commit: fake.repos.repo(name).commit,
      architecture: 'llama',
      supported: true,
      parameters: 1_000_000,
      contextLength: 4096,
      leftOut: 7,
      page: `${fake.url}/${name}`,
      recommended: { file: 'ink-Q4_K_M.gguf', reason: expect.stringContaining('runs well') },
    });
    expect(
      details.files.map(({ file, quantization, parts, size, sha256 }) => [
        file,
        quantization,
        parts,
        size,
        sha256 !== null,
      ]),
    ).toEqual([
      ['ink-Q4_K_M.gguf', 'Q4_K_M', 1, 100, true],
      ['BF16/ink-BF16-00001-of-00002.gguf', 'BF16', 2, 600, false],
    ]);
    expect(details.files[0]?.fit).toMatchObject({ word: 'well', contextSize: 4096 });
    await hub.model(name);
    expect(apiCalls(fake)).toBe(2);
  });

  it('that llama.cpp cannot load is marked before anything is downloaded', async () => {
    const fake = await startHub();
    fake.repos.repo('org/new').gguf = { architecture: 'from-the-future' };
    fake.repos.repo('org/silent').gguf = null;
    const hub = openHub(fake);
    expect((await hub.model('org/new')).supported).toBe(false);
    expect((await hub.model('org/silent')).supported).toBeNull();
    await expect(hub.model('org/missing')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that was renamed is found at its new name', async () => {
    const fake = await startHub();
    fake.put('org/new-name', 'a-Q8_0.gguf', Buffer.alloc(10));
    fake.onHub = (request, response) => {
      if (!request.url?.includes('old-name')) return false;
      response.writeHead(307, { location: request.url.replace('old-name', 'new-name') }).end();
      return true;
    };
    expect((await openHub(fake).model('org/old-name')).files).toHaveLength(1);
  });
});

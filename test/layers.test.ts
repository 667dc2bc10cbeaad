import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, linesWith, readSources, type Source } from './layers/scan.ts';

/**
 * What the files of a folder may import: folders (with all in them), files, files directly in a folder (`folder/*`),
 * packages, and whether Node's own modules.
 */
interface Layer {
  readonly own: readonly string[];
  readonly packages: readonly string[] | 'any';
  readonly node: boolean;
}

const boundary = ['electron/base/', 'electron/contract/', 'electron/rpc/'];
const childContracts = [
  'electron/engine/contract.ts',
  'electron/engine/scan/contract.ts',
  'electron/notes/contract.ts',
  'electron/reader/contract.ts',
  // The names of files that engine and app both know.
  'electron/engine/states/stateFolder.ts',
];
const host = [...boundary, 'electron/engine/', 'electron/services/', 'electron/hosts/*', 'package.json'];

/** The table of the design: imports point one way. The longest matching folder counts. */
const layers: Readonly<Record<string, Layer>> = {
  'electron/base/': { own: ['electron/base/'], packages: [], node: false },
  'electron/contract/': { own: ['electron/contract/'], packages: ['zod'], node: false },
  'electron/rpc/': { own: boundary, packages: ['zod'], node: false },
  'electron/engine/': { own: [...boundary, 'electron/engine/'], packages: ['zod'], node: true },
  'electron/engine/llama/': {
    own: [...boundary, 'electron/engine/'],
    packages: ['zod', 'node-llama-cpp'],
    node: true,
  },
  'electron/notes/': {
    own: [...boundary, 'electron/notes/', 'electron/engine/parentPort.ts'],
    packages: ['zod', 'node-diff3', 'yaml'],
    node: true,
  },
  'electron/reader/': {
    own: [
      ...boundary,
      'electron/reader/',
      'electron/notes/',
      'electron/engine/parentPort.ts',
      'electron/engine/offerForOom.ts',
    ],
    packages: ['zod', 'fflate', 'saxes', 'pdfjs-dist'],
    node: true,
  },
  'electron/services/': {
    own: [
      ...boundary,
      ...childContracts,
      'electron/services/',
      'models/catalog.ts',
      'models/starter/notesPrompt.ts',
    ],
    packages: ['zod'],
    node: true,
  },
  'electron/services/archive/': {
    own: [...boundary, 'electron/services/'],
    packages: ['zod', 'yauzl', 'yazl'],
    node: true,
  },
  'electron/hosts/': { own: [...boundary, 'electron/hosts/*'], packages: [], node: true },
  'electron/hosts/browser/': {
    own: [...host, 'electron/hosts/browser/'],
    packages: ['ws', 'zod'],
    node: true,
  },
  'electron/hosts/desktop/': {
    own: [...host, 'electron/hosts/desktop/'],
    packages: ['electron', 'zod'],
    node: true,
  },
  'renderer/': { own: [...boundary, 'renderer/'], packages: 'any', node: false },
  'models/': { own: ['models/'], packages: ['zod'], node: true },
};

/** Text that may stand in these files only (or nowhere). */
const owners: readonly { readonly what: string; readonly pattern: RegExp; readonly allowed: RegExp }[] = [
  {
    what: 'an outgoing request',
    pattern:
      /\bfetch\s*\(|\bhttps?\.(request|get)\b|['"](undici|node:https|node:http2|node:dgram|node:tls)['"]/,
    allowed: /^electron\/services\/network\/createNetwork\.ts$/,
  },
  {
    what: 'a server or a socket',
    pattern: /['"]node:(http|net)['"]/,
    allowed: /^electron\/(hosts\/browser\/(server|guard)|services\/network\/createNetwork)\.ts$/,
  },
  {
    what: 'a connection from the window',
    pattern: /\bnew (WebSocket|EventSource|XMLHttpRequest)\b|\bsendBeacon\b/,
    allowed: /^renderer\/platform\/socketPort\.ts$/,
  },
  {
    what: 'raw HTML',
    pattern: /dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b/,
    allowed: /^$/,
  },
  {
    what: 'a question where the window runs',
    pattern:
      /\b(window|globalThis|page)\.inkling\b|\bnavigator\.userAgent\b|\bisElectron\b|versions\.electron\b/,
    allowed: /^renderer\/platform\/openPort\.ts$/,
  },
  {
    what: 'an address opened outside',
    pattern: /\bshell\.openExternal\b/,
    allowed: /^electron\/hosts\/desktop\//,
  },
  {
    what: 'a shell',
    pattern: /\bexec(Sync)?\b[^;]*['"]node:child_process['"]|\bshell:\s*true\b/,
    allowed: /^$/,
  },
];

const maxLines = 300;
const sources = readSources('electron', 'renderer', 'models');

describe('layers', () => {
  it('are kept by every import', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.flatMap(brokenImports)).toEqual([]);
  });

  it('leave no import that cannot be read', () => {
    expect(sources.flatMap((source) => lines(source, /\b(import|require)\s*\(\s*[^'"`\s]/))).toEqual([]);
  });

  it('give every source a place in the table', () => {
    expect(
      sources.filter(({ path }) => /\.tsx?$/.test(path) && !layerOf(path)).map(({ path }) => path),
    ).toEqual([]);
  });
});

describe('who owns what', () => {
  it.each(owners)('$what stands where it belongs', ({ pattern, allowed }) => {
    expect(
      sources.filter(({ path }) => !allowed.test(path)).flatMap((source) => lines(source, pattern)),
    ).toEqual([]);
  });

  it('only one place opens an address outside', () => {
    const places = sources.flatMap((source) => lines(source, /\bshell\.openExternal\b/));
    expect(places.length, places.join()).toBeLessThanOrEqual(1);
  });
});

it(`no file is longer than ${maxLines} lines`, () => {
  const all = [...sources, ...readSources('test', 'scripts')];
  const long = all.filter(({ text }) => text.split('\n').length > maxLines + 1).map(({ path }) => path);
  expect(long).toEqual([]);
});

describe('the reader of sources', () => {
  const source = (text: string, path = 'electron/services/chat/x.ts'): Source => ({ path, text });

  it('sees every form of an import', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { b } from '../b.ts';",
      "import 'zod';",
      "export { c } from 'ws';",
      "export * from 'electron';",
      "const d = await import('node-llama-cpp/x');",
      "const e = require('fs');",
      "import {\n  f,\n} from '@scope/name/deep';",
    ].join('\n');
    expect(
      importsOf(source(text))
        .map(({ target, line }) => `${line} ${target}`)
        .sort(),
    ).toEqual([
      '1 electron/services/chat/a.ts',
      '10 @scope/name',
      '2 electron/services/b.ts',
      '3 zod',
      '4 ws',
      '5 electron',
      '6 node-llama-cpp',
      '7 node:fs',
    ]);
  });

  it.each([
    ['electron/base/x.ts', "import { z } from 'zod';"],
    ['electron/contract/x.ts', "import { lock } from '../base/lock.ts';"],
    ['electron/rpc/x.ts', "import { readFile } from 'node:fs';"],
    ['electron/engine/x.ts', "import { getLlama } from 'node-llama-cpp';"],
    ['electron/services/chat/x.ts', "import { app } from 'electron';"],
    ['electron/services/chat/x.ts', "import { main } from '../../engine/main.ts';"],
    ['electron/hosts/browser/x.ts', "import { menu } from '../desktop/menu.ts';"],
    ['electron/hosts/desktop/x.ts', "const guard = await import('../browser/guard.ts');"],
    ['renderer/chat/x.tsx', "import { join } from 'path';"],
    ['renderer/chat/x.tsx', "export { storage } from '../../electron/services/storage/db.ts';"],
  ])('finds what %s may not import: %s', (path, text) => {
    expect(brokenImports(source(text, path))).toHaveLength(1);
  });

  it('tells the file and the line', () => {
    expect(brokenImports(source("\nimport 'electron';"))).toEqual([
      'electron/services/chat/x.ts:2 may not import electron',
    ]);
  });
});

function layerOf(path: string): Layer | undefined {
  const [folder] = Object.keys(layers)
    .filter((prefix) => path.startsWith(prefix))
    .sort((a, b) => b.length - a.length);
  return folder === undefined ? undefined : layers[folder];
}

function brokenImports(source: Source): string[] {
  const layer = layerOf(source.path);
  if (!layer) return [];
  const allowed = (target: string, internal: boolean) => {
    if (internal) return layer.own.some((place) => matches(target, place));
    if (target.startsWith('node:')) return layer.node;
    return layer.packages === 'any'
      ? !['electron', 'node-llama-cpp', 'ws'].includes(target)
      : layer.packages.includes(target);
  };
  return importsOf(source)
    .filter(({ target, internal }) => !allowed(target, internal))
    .map(({ line, target }) => `${source.path}:${line} may not import ${target}`);
}

function matches(target: string, place: string): boolean {
  if (place.endsWith('/')) return target.startsWith(place);
  return place.endsWith('/*') ? posix.dirname(target) === place.slice(0, -2) : target === place;
}

function lines(source: Source, pattern: RegExp): string[] {
  return linesWith(source, pattern).map((line) => `${source.path}:${line}`);
}

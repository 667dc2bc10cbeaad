import { expect, it } from 'vitest';
import type { Fit, ModelFile } from '../../../electron/contract/hub.ts';
import type { Model } from '../../../electron/contract/library.ts';
import {
  fileFacts,
  formatContext,
  licenseName,
  offeredFile,
  sentenceOf,
} from '../../../renderer/models/modelWords.ts';
import { findFile, findInstalled } from '../../../renderer/models/runDownloaded.ts';

const file = (name: string, word: Fit['word'], extra: Partial<ModelFile> = {}): ModelFile => ({
  file: name,
  quantization: 'Q4_K_M',
  parts: 1,
  size: 800_000_000,
  sha256: null,
  fit: { word, memory: null, contextSize: 8192, reason: '', tokensPerSecond: null },
  ...extra,
});

it('offers the recommended file, else the first that may fit, else the first', () => {
  const files = [file('big', 'no'), file('small', 'tight'), file('best', 'well')];
  expect(offeredFile(files, { file: 'best' })?.file).toBe('best');
  expect(offeredFile(files, { file: 'gone' })?.file).toBe('small');
  expect(offeredFile(files.slice(0, 1), null)?.file).toBe('big');
  expect(offeredFile([], null)).toBeNull();
});

it('writes quantization, size and parts, and says what is not known', () => {
  expect(fileFacts(file('a', 'well', { parts: 2 }))).toBe('Q4_K_M · 800 MB · 2 parts');
  expect(fileFacts(file('a', 'unknown', { quantization: null, size: null }))).toBe('size unknown');
});

it.each([
  [512, '512'],
  [32_768, '32k'],
  [131_072, '128k'],
  [128_000, '128k'],
  [1_048_576, '1M'],
])('writes a window of %d tokens as %s', (tokens, text) => {
  expect(formatContext(tokens)).toBe(text);
});

it('names licences as people do, and leaves unknown ones as they are', () => {
  expect(['apache-2.0', 'mit', 'llama3.2', 'cc-by-nc-4.0'].map(licenseName)).toEqual([
    'Apache 2.0',
    'MIT',
    'Llama 3.2',
    'cc by nc 4.0',
  ]);
});

it('makes a sentence of a few words', () => {
  expect(sentenceOf('fast answers')).toBe('Fast answers.');
  expect(sentenceOf('Done.')).toBe('Done.');
  expect(sentenceOf(' ')).toBe('');
});

it('finds a fetched model by its place, and another copy by name and size', () => {
  const model = (path: string, size = 1) =>
    ({ id: path, path, fileName: path.split(/[/\\]/).at(-1), size, state: 'reading' }) as unknown as Model;
  const mine = model('/data/models/owner/repo/a.gguf');
  const copy = model('/elsewhere/b.gguf', 7);
  const windows = model('C:\\models\\owner\\repo\\c.gguf');
  const models = [copy, mine, windows];
  expect(findInstalled(models, { path: mine.path })).toBe(mine);
  expect(findInstalled(models, { path: null })).toBeNull();
  expect(findFile(models, { repo: 'owner/repo', file: 'a.gguf', size: null })).toBe(mine);
  expect(findFile(models, { repo: 'owner/repo', file: 'c.gguf', size: null })).toBe(windows);
  expect(findFile(models, { repo: 'owner/repo', file: 'b.gguf', size: 7 })).toBe(copy);
  expect(findFile(models, { repo: 'owner/repo', file: 'b.gguf', size: 8 })).toBeNull();
});

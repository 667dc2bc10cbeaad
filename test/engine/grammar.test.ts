import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeJson } from '../../electron/base/jsonSchema/conforms.ts';
import { grammarOf } from '../../electron/base/jsonSchema/grammar.ts';
import { readSchema } from '../../electron/base/jsonSchema/readSchema.ts';
import { randomSchema } from '../base/jsonSchema/randomSchema.ts';
import { ask, load, startEngine } from './startEngine.ts';

const starter = join(import.meta.dirname, '../../models/starter/inkling-starter.gguf');

/** A schema as the app reads it. */
function open(schema: unknown) {
  const { shape, problems } = readSchema(JSON.stringify(schema));
  if (!shape) throw new Error(JSON.stringify(problems));
  const grammar = grammarOf(shape);
  if (grammar === null) throw new Error('too long');
  return { shape, grammar };
}

describe('a tiny model held to a schema', () => {
  const engine = startEngine();
  const { api } = engine;
  beforeAll(async () => {
    await load(api, starter, { contextSize: 1024 });
  });
  afterAll(() => engine.stop());

  it.each(Array.from({ length: 40 }, (_, seed) => seed))('gives valid JSON for schema %i', async (seed) => {
    const schema = randomSchema(seed);
    const { shape, grammar } = open(schema);
    // Warm enough to go astray wherever it may.
    const sampling = { temperature: 2, topP: 1, topK: 0, minP: 0, seed, maxTokens: 900 };
    const { text, finished } = await ask(api, 'Where is my data?', { grammar, sampling });
    expect(finished.endReason).toBe('complete');
    const value: unknown = JSON.parse(text);
    expect(judgeJson(text, shape, true)).toBe('valid');
    expect(z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value)).toMatchObject(
      {
        success: true,
      },
    );
  });

  it('ends what it may write for ever at the limit, which is no valid answer', async () => {
    const { shape, grammar } = open({ type: 'array', items: { type: 'array', items: true }, minItems: 900 });
    const { text, finished } = await ask(api, 'x', { grammar, sampling: { seed: 1, maxTokens: 40 } });
    expect(finished.endReason).toBe('max_tokens');
    expect(judgeJson(text, shape, false)).toBe('unfinished');
  });

  it('keeps to the largest schemas there may be', async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`field ${index}`, { type: 'string', maxLength: 90 }]),
    );
    const { grammar } = open({ type: 'object', properties });
    const { text, finished } = await ask(api, 'x', { grammar, sampling: { temperature: 0, maxTokens: 60 } });
    expect(finished.stats.generatedTokens).toBeGreaterThan(0);
    expect(text.startsWith('{')).toBe(true);
  });

  it('gets on, whatever a schema asks for within its limits', async () => {
    const longStrings = Array.from({ length: 20 }, (_, n) => [`p${n}`, { type: 'string', maxLength: 1000 }]);
    const alike = (depth: number): unknown => ({
      type: 'array',
      items: depth === 0 ? { type: 'boolean' } : { anyOf: Array.from({ length: 6 }, () => alike(depth - 1)) },
    });
    const optional = Array.from({ length: 200 }, (_, n) => [`a${'a'.repeat(n % 20)}${n}`, {}]);
    const schemas = [
      { type: 'object', properties: Object.fromEntries(longStrings), required: ['p19'] },
      alike(3),
      { type: 'object', properties: Object.fromEntries(optional) },
      { type: 'array', maxItems: 1000, items: { type: 'array', maxItems: 1000, items: { maxLength: 1000 } } },
    ];
    for (const schema of schemas) {
      const { grammar } = open(schema);
      const sampling = { temperature: 2, topK: 0, topP: 1, minP: 0, seed: 5, maxTokens: 30 };
      const { finished } = await ask(api, 'x', { grammar, sampling });
      expect(['complete', 'max_tokens']).toContain(finished.endReason);
    }
  });

  it('refuses what is no grammar, and answers the next question', async () => {
    for (const grammar of ['no grammar', 'root ::= missing', 'x ::= "a"']) {
      await expect(ask(api, 'x', { grammar, sampling: { maxTokens: 4 } })).rejects.toMatchObject({
        code: 'bad_input',
      });
    }
    const { text } = await ask(api, 'What can you do?', { sampling: { temperature: 0, maxTokens: 20 } });
    expect(text).not.toBe('');
  });
});

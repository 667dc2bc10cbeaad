import type { LlamaModel, LlamaTextJSON, Token } from 'node-llama-cpp';
import type { PromptInput } from '../contract.ts';
import { startOfAnswer } from './answerStart.ts';
import type { Library } from './library.ts';
import type { TemplateHost } from './templateHost.ts';

/** A prompt exactly as the model reads it, and what ends the answer to it. */
export interface Prompt {
  /** Empty for a prompt that is hopelessly too long. */
  readonly tokens: Token[];
  /** How many tokens there are; within a percent for a hopelessly long prompt, else exact. */
  readonly count: number;
  readonly stopTexts: readonly string[];
  readonly stopTokens: ReadonlySet<Token>;
  /** The first token of the text that the answer begins with; their number where there is none. */
  readonly textAt: number;
  /** The model goes on within a thought. */
  readonly inThought: boolean;
}

/** Characters in one part of a prompt that take long enough to tokenize that a heartbeat would be missed. */
const longPart = 200_000;
const stepLength = 32_768;

/** Writes and tokenizes a prompt; counting and generating both go through here, so they never disagree. */
export async function preparePrompt(
  library: Library,
  model: LlamaModel,
  template: TemplateHost,
  { messages, thinking, answerPrefix }: PromptInput,
  options: { readonly contextSize: number; readonly signal: AbortSignal },
): Promise<Prompt> {
  const { contextSize, signal } = options;
  const wanted = !thinking.on && answerPrefix.thought === '';
  const rendered = await template.render(messages, wanted, signal);
  const start = startOfAnswer(template.info, wanted && template.info.canBeQuiet, answerPrefix);
  const values = [rendered.text, ...start.values].flatMap(valuesOf);
  const { inThought } = start;
  const text = library.LlamaText.fromJSON(values).toJSON();
  const rough = await roughCount(model, [...valuesOf(text), start.text], signal);
  if (rough > contextSize * 1.1) {
    return { tokens: [], count: rough, stopTexts: [], stopTokens: new Set(), textAt: 0, inThought };
  }
  const tokens = await tokenizeInSteps(library, model, text, signal);
  const textAt = tokens.length;
  const trim = textAt > 0 ? 'trimLeadingSpace' : undefined;
  for (const token of model.tokenize(start.text, false, trim)) tokens.push(token);
  const stopTexts: string[] = [];
  const stopTokens = new Set<Token>();
  for (const stop of rendered.stops) {
    const text = library.LlamaText.fromJSON(stop);
    const first = text.tokenize(model.tokenizer)[0];
    // A marker that is a token of its own can never be something the model says; only others are looked for in the text.
    if (first !== undefined && model.isSpecialToken(first)) stopTokens.add(first);
    else if (text.toString().trim() !== '') stopTexts.push(text.toString().trim());
  }
  return { tokens, count: tokens.length, stopTexts, stopTokens, textAt, inThought };
}

/** Counts the tokens of texts, one by one; a very long one within a percent. */
export async function countTexts(
  model: LlamaModel,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<number[]> {
  const counts: number[] = [];
  for (const text of texts) {
    counts.push((await roughCount(model, text, signal)) || model.tokenize(text, false).length);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  return counts;
}

const valuesOf = (text: LlamaTextJSON) => (typeof text === 'string' ? [text] : text);

/**
 * Counts the tokens of a prompt with very long parts, cut into steps; 0 for all others. A tokenizer sees a whole text at
 * once, so cutting it may change a token at each cut: good enough to refuse what is far too long.
 */
async function roughCount(model: LlamaModel, text: LlamaTextJSON, signal: AbortSignal): Promise<number> {
  const parts = valuesOf(text).map((part) => (typeof part === 'string' ? part : part.value));
  if (parts.every((part) => part.length < longPart)) return 0;
  let count = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += stepLength) {
      count += model.tokenize(part.slice(at, at + stepLength), false).length;
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  }
  return count;
}

/** The same tokens as in one go, with a pause between the parts: a long prompt must not silence the heartbeat. */
async function tokenizeInSteps(
  library: Library,
  model: LlamaModel,
  text: LlamaTextJSON,
  signal: AbortSignal,
): Promise<Token[]> {
  const tokens: Token[] = [];
  const parts = valuesOf(text);
  for (const part of parts) {
    // As LlamaText does it: the space some tokenizers put first is only kept at the very start.
    const trim = tokens.length > 0 ? 'trimLeadingSpace' : undefined;
    for (const token of library.LlamaText.fromJSON([part]).tokenize(model.tokenizer, trim))
      tokens.push(token);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  return tokens;
}

import type { LlamaModel, LlamaTextJSON, Token } from 'node-llama-cpp';
import type { PromptMessage } from '../contract.ts';
import type { Library } from './library.ts';
import type { TemplateHost } from './templateHost.ts';

/** A prompt exactly as the model reads it, and what ends the answer to it. */
export interface Prompt {
  readonly tokens: Token[];
  readonly stopTexts: readonly string[];
  readonly stopTokens: ReadonlySet<Token>;
}

/** Writes and tokenizes a prompt; counting and generating both go through here, so they never disagree. */
export async function preparePrompt(
  library: Library,
  model: LlamaModel,
  template: TemplateHost,
  messages: readonly PromptMessage[],
  signal: AbortSignal,
): Promise<Prompt> {
  const rendered = await template.render(messages, signal);
  const values = [rendered.text, template.info.openWith ?? ''].flatMap(valuesOf);
  const tokens = await tokenizeInSteps(library, model, library.LlamaText.fromJSON(values).toJSON(), signal);
  const stopTexts: string[] = [];
  const stopTokens = new Set<Token>();
  for (const stop of rendered.stops) {
    const text = library.LlamaText.fromJSON(stop);
    const first = text.tokenize(model.tokenizer)[0];
    // A marker that is a token of its own can never be something the model says; only others are looked for in the text.
    if (first !== undefined && model.isSpecialToken(first)) stopTokens.add(first);
    else if (text.toString().trim() !== '') stopTexts.push(text.toString().trim());
  }
  return { tokens, stopTexts, stopTokens };
}

const valuesOf = (text: LlamaTextJSON) => (typeof text === 'string' ? [text] : text);

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

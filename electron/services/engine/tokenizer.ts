import { InklingError } from '../../contract/errors.ts';
import type { PromptMessage, PromptWish } from '../../engine/contract.ts';
import type { EngineApi } from './engineProcess.ts';
import type { Slot } from './slot.ts';

/** Texts and characters that go to the engine in one call. */
const mostTexts = 200;
const mostCharacters = 1_000_000;

/** What changes a prompt beside its messages. */
export type PromptHow = Omit<PromptWish, 'messages'>;

/** Counts tokens as one loaded model does. Its calls fail with `no_model` once that model is not loaded any more. */
export interface Tokenizer {
  readonly modelId: string;
  readonly contextSize: number;
  /** Tokens of a whole prompt as the model's template writes it. */
  count(messages: readonly PromptMessage[], how: PromptHow, signal: AbortSignal): Promise<number>;
  /** Tokens of each text by itself. */
  countEach(texts: readonly string[], signal: AbortSignal): Promise<number[]>;
}

/** The {@link Tokenizer} of the model in a slot; null while none is loaded there. */
export function tokenizerOf(slot: Slot): Tokenizer | null {
  const { model } = slot;
  if (model.state !== 'ready') return null;
  const { id, loaded } = model;

  const ask = async <T>(signal: AbortSignal, task: (api: EngineApi) => Promise<T>): Promise<T> => {
    const api = await slot.api(signal);
    const answer = await task(api).catch(async (error: unknown) => {
      throw await slot.translate(error);
    });
    // A count by another model must never pass for one of this model.
    if (slot.model.state !== 'ready' || slot.model.id !== id)
      throw new InklingError('no_model', 'The model was unloaded meanwhile. Load it, then try again.');
    return answer;
  };

  return {
    modelId: id,
    contextSize: loaded.contextSize,
    count: (messages, how, signal) =>
      ask(signal, async (api) => (await api.count({ ...how, messages: [...messages] }, { signal })).tokens),
    countEach: (texts, signal) =>
      ask(signal, async (api) => {
        const counts: number[] = [];
        for (const batch of batches(texts)) {
          const { tokens } = await api.countEach({ texts: batch }, { signal });
          for (const count of tokens) counts.push(count);
        }
        return counts;
      }),
  };
}

function batches(texts: readonly string[]): string[][] {
  const all: string[][] = [];
  let batch: string[] = [];
  let size = 0;
  for (const text of texts) {
    if (batch.length > 0 && (batch.length === mostTexts || size + text.length > mostCharacters)) {
      all.push(batch);
      batch = [];
      size = 0;
    }
    batch.push(text);
    size += text.length;
  }
  return batch.length > 0 ? [...all, batch] : all;
}

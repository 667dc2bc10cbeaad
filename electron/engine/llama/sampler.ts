import { randomInt } from 'node:crypto';
import type { LlamaGrammarEvaluationState, SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import type { Sampling } from '../../contract/settings.ts';

/** The last tokens that a repeat penalty looks at. */
export const penaltyWindow = 64;

/** How llama.cpp is to pick tokens; `recent` and `grammar` are asked anew for every token. */
export function sampler(
  sampling: Sampling,
  recent: readonly Token[],
  grammar: (() => LlamaGrammarEvaluationState | undefined) | null = null,
): SequenceEvaluateOptions {
  const { repeatPenalty: penalty, presencePenalty, frequencyPenalty } = sampling;
  const neutral = penalty === 1 && presencePenalty === 0 && frequencyPenalty === 0;
  return {
    temperature: sampling.temperature,
    topK: sampling.topK,
    topP: sampling.topP,
    minP: sampling.minP,
    seed: sampling.seed ?? randomInt(2 ** 32),
    ...(!neutral && {
      repeatPenalty: { penalty, presencePenalty, frequencyPenalty, punishTokens: () => [...recent] },
    }),
    ...(grammar && { grammarEvaluationState: grammar }),
    // Never reached: the answer ends before the window is full. If it were, an error is better than a silent cut.
    contextShift: {
      strategy: () => {
        throw new Error('the context window is full');
      },
    },
  };
}

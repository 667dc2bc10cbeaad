import type { LlamaGrammarEvaluationState } from 'node-llama-cpp';
import { InklingError } from '../../contract/errors.ts';
import type { Session } from './session.ts';

/** Makes llama.cpp keep to a grammar (GBNF) for one answer; null for none. Fails with `bad_input` for what is no grammar. */
export async function openGrammar(
  { backend: { library, llama }, model }: Session,
  text: string | null,
): Promise<LlamaGrammarEvaluationState | null> {
  if (text === null) return null;
  try {
    const grammar = await llama.createGrammar({ grammar: text });
    return new library.LlamaGrammarEvaluationState({ model, grammar });
  } catch (error) {
    throw new InklingError(
      'bad_input',
      `The model cannot be held to this answer format: ${(error as Error).message} Simplify the schema, or choose plain text.`,
    );
  }
}

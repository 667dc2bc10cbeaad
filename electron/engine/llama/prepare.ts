import type { PromptInput, ReadInput } from '../contract.ts';
import { common } from './common.ts';
import { minAnswerRoom } from './generate.ts';
import { prefill } from './prefill.ts';
import { preparePrompt } from './prompt.ts';
import type { Session } from './session.ts';

/** Two messages that begin differently: what their prompts begin with in common does not depend on what will be asked. */
const samples = ['a', '1'] as const;
const nothing = { tokens: 0, ready: 0 };

/** Reads the part of the next prompt that is certain before the user has said anything. An abort leaves what is read. */
export async function prepare(
  session: Session,
  input: ReadInput,
  signal: AbortSignal,
): Promise<{ tokens: number; ready: number }> {
  try {
    session.keeper.expect(input.keep ?? null);
    const certain = await certainTokens(session, input, signal);
    const { length } = certain;
    if (length < 2 || length + minAnswerRoom > session.sequence.context.contextSize) return nothing;
    const reading = prefill(session, certain, signal, signal);
    while (!(await reading.next()).done);
    return { tokens: length, ready: session.sequence.nextTokenIndex };
  } catch (error) {
    if (!signal.aborted) throw error;
    return nothing;
  }
}

async function certainTokens(session: Session, input: PromptInput, signal: AbortSignal) {
  const prompts = [];
  for (const text of samples) {
    const messages = [...input.messages, { role: 'user' as const, text }];
    const { contextSize } = session.sequence.context;
    prompts.push(
      await preparePrompt(
        session.backend.library,
        session.model,
        session.template,
        { ...input, messages },
        { contextSize, signal },
      ),
    );
  }
  const [first = [], second = []] = prompts.map(({ tokens }) => tokens);
  return first.slice(0, common(first, second));
}

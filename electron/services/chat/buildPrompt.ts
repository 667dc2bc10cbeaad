import type { Message } from '../../contract/conversations.ts';
import type { PromptMessage } from '../../engine/contract.ts';

/** A user turn with its answer, the unit that leaves a full window. `messages` counts stored messages. */
export interface Turn {
  readonly prompt: readonly PromptMessage[];
  readonly messages: number;
}

/**
 * Groups a branch into turns. A question whose answer came to nothing joins the next one: templates expect user and
 * assistant to alternate, and no text the person wrote may vanish.
 */
export function toTurns(branch: readonly Pick<Message, 'role' | 'text'>[]): Turn[] {
  const turns: Turn[] = [];
  let asked: string[] = [];
  let count = 0;
  const close = (answer: string | null) => {
    if (asked.length > 0 || answer !== null) {
      turns.push({
        prompt: [
          ...(asked.length > 0 ? [{ role: 'user' as const, text: asked.join('\n\n') }] : []),
          ...(answer !== null ? [{ role: 'assistant' as const, text: answer }] : []),
        ],
        messages: count,
      });
    }
    asked = [];
    count = 0;
  };
  for (const message of branch) {
    count++;
    if (message.role === 'user') asked.push(message.text);
    else if (message.text.trim() !== '') close(message.text);
  }
  close(null);
  return turns;
}

/** Writes the prompt with the first `leaveOut` turns gone; instructions and the newest turn always stay. */
export function writePrompt(systemPrompt: string, turns: readonly Turn[], leaveOut: number): PromptMessage[] {
  const kept = turns.slice(Math.min(leaveOut, turns.length - 1));
  const system = systemPrompt.trim() === '' ? [] : [{ role: 'system' as const, text: systemPrompt }];
  return [...system, ...kept.flatMap((turn) => turn.prompt)];
}

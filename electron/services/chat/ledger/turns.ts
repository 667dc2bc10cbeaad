import type { Message } from '../../../contract/conversations.ts';
import type { Keep } from '../../../contract/ledger.ts';

/** What of a stored message its turn depends on. */
export type TurnMessage = Pick<Message, 'id' | 'role' | 'text' | 'keep'> & {
  /** Files that the model reads whole before what was said. */
  readonly files?: readonly FileBlock[];
};

/** A file as the model reads it; it ends with an empty line. */
export interface FileBlock {
  readonly title: string;
  readonly text: string;
}

/** A question with its answer: the unit that enters and leaves the window. */
export interface Turn {
  /** Its place in the branch, from 1. */
  readonly number: number;
  /** All stored messages it stands for, those without words included. */
  readonly messageIds: readonly string[];
  /** What the model reads before the question. */
  readonly files: readonly FileBlock[];
  readonly question: string | null;
  readonly answer: string | null;
  readonly keep: Keep;
}

/** A question, and the answers without words below it. */
interface Asked {
  readonly question: TurnMessage;
  readonly empty: readonly TurnMessage[];
}

/**
 * Groups a branch into turns. A question whose answer came to nothing joins the next one: templates expect user and
 * assistant to alternate, and no text the person wrote may vanish. One that was left out by hand stands alone.
 */
export function toTurns(branch: readonly TurnMessage[]): Turn[] {
  const turns: Turn[] = [];
  let waiting: Asked[] = [];
  const add = (asked: readonly Asked[], answer: TurnMessage | null) => {
    const messages = [...asked.flatMap(({ question, empty }) => [question, ...empty])];
    if (answer) messages.push(answer);
    turns.push({
      number: turns.length + 1,
      messageIds: messages.map(({ id }) => id),
      files: asked.flatMap(({ question }) => question.files ?? []),
      question: asked.length > 0 ? asked.map(({ question }) => question.text).join('\n\n') : null,
      answer: answer?.text ?? null,
      keep: messages.findLast(({ keep }) => keep !== 'auto')?.keep ?? 'auto',
    });
  };
  const close = (answer: TurnMessage | null) => {
    const isAlone = ({ question }: Asked, index: number) =>
      question.keep === 'never' && index < waiting.length - 1;
    const together = waiting.filter((asked, index) => !isAlone(asked, index));
    for (const asked of waiting.filter(isAlone)) add([asked], null);
    if (together.length > 0 || answer) add(together, answer);
    waiting = [];
  };
  for (const message of branch) {
    if (message.role === 'user') waiting.push({ question: message, empty: [] });
    else if (message.text.trim() !== '') close(message);
    else {
      const last = waiting.pop();
      if (last) waiting.push({ ...last, empty: [...last.empty, message] });
    }
  }
  close(null);
  return turns;
}

/** Characters of a turn's name. */
const titleLength = 80;

/** A few words to know a text by. */
export function titleOf(text: string): string {
  const line = text.trimStart().split('\n', 1)[0]?.trim() ?? '';
  return line.length > titleLength ? `${line.slice(0, titleLength - 1).trimEnd()}…` : line;
}

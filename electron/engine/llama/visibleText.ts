import type { Token } from 'node-llama-cpp';
import type { Session } from './session.ts';

/** Text of tokens; of the control tokens only those that are part of a mark are visible. */
export function visibleText({ model, template: { info } }: Session) {
  const marks = [...info.opens, ...info.closes, ...info.hidden];
  const visible = new Set(marks.flatMap((mark) => model.tokenize(mark, true, 'trimLeadingSpace')));
  return (tokens: readonly number[], before: readonly number[]) => {
    const list = tokens as readonly Token[];
    const special = list.some((token) => visible.has(token));
    const shown = special ? list.filter((token) => visible.has(token) || !model.isSpecialToken(token)) : list;
    return model.detokenize(shown, special, special ? [] : (before as readonly Token[]));
  };
}

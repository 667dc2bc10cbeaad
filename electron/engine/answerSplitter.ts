/** A stretch of an answer: what the model thinks, or what it says. */
export interface AnswerPiece {
  readonly kind: 'thought' | 'text';
  readonly text: string;
}

export interface AnswerMarks {
  /** Texts that begin and end a thought. */
  readonly opens: readonly string[];
  readonly closes: readonly string[];
  /** Texts that are neither said nor thought and are dropped. */
  readonly hidden: readonly string[];
  /** Texts that end the answer; they are not part of it. */
  readonly stops: readonly string[];
  /** The prompt itself has opened a thought. */
  readonly startsInThought: boolean;
  /** It goes on with what was there before, so that white space at its beginning counts. */
  readonly goesOn?: boolean;
}

/** Takes an answer in pieces as they come and gives it back split into thought and text. */
export interface AnswerSplitter {
  /** What comes next belongs to a thought, as far as it is decided. */
  readonly thinking: boolean;
  /** `stopped` is true once a stop text came; nothing follows it. Half a mark is held back until it is decided. */
  push(text: string): { readonly pieces: readonly AnswerPiece[]; readonly stopped: boolean };
  /** What was held back; it was no mark after all. */
  end(): readonly AnswerPiece[];
}

type Action = 'open' | 'close' | 'drop' | 'stop';
interface Mark {
  readonly text: string;
  readonly action: Action;
}

/** Makes an {@link AnswerSplitter}. White space around a thought and before the answer is left out. */
export function createAnswerSplitter(marks: AnswerMarks): AnswerSplitter {
  const always = [...list(marks.hidden, 'drop'), ...list(marks.stops, 'stop')];
  const byKind = {
    text: [...list(marks.opens, 'open'), ...always],
    thought: [...list(marks.closes, 'close'), ...always],
  };
  let kind: AnswerPiece['kind'] = marks.startsInThought ? 'thought' : 'text';
  let held = '';
  let trimming = !marks.goesOn;
  /** White space at the end of a thought, given out only if the thought goes on. */
  let space = '';

  const emit = (pieces: AnswerPiece[], raw: string) => {
    const started = trimming ? raw.trimStart() : raw;
    if (started === '') return;
    trimming = false;
    const full = space + started;
    const text = kind === 'thought' ? full.trimEnd() : full;
    space = full.slice(text.length);
    if (text !== '') pieces.push({ kind, text });
  };
  const enter = (next: AnswerPiece['kind']) => {
    kind = next;
    trimming = true;
    space = '';
  };

  return {
    get thinking() {
      return kind === 'thought';
    },
    push(text) {
      const pieces: AnswerPiece[] = [];
      held += text;
      for (;;) {
        const found = firstMark(held, byKind[kind]);
        if (!found) break;
        emit(pieces, held.slice(0, found.at));
        held = held.slice(found.at + found.mark.text.length);
        if (found.mark.action === 'stop') {
          held = '';
          return { pieces, stopped: true };
        }
        if (found.mark.action === 'open') enter('thought');
        if (found.mark.action === 'close') enter('text');
      }
      const keep = undecided(held, byKind[kind]);
      emit(pieces, held.slice(0, held.length - keep));
      held = held.slice(held.length - keep);
      return { pieces, stopped: false };
    },
    end() {
      const pieces: AnswerPiece[] = [];
      emit(pieces, held);
      held = '';
      return pieces;
    },
  };
}

const list = (texts: readonly string[], action: Action): Mark[] =>
  texts.filter((text) => text !== '').map((text) => ({ text, action }));

function firstMark(text: string, marks: readonly Mark[]): { at: number; mark: Mark } | undefined {
  let best: { at: number; mark: Mark } | undefined;
  for (const mark of marks) {
    const at = text.indexOf(mark.text);
    if (at < 0) continue;
    const longer = best && at === best.at && mark.text.length > best.mark.text.length;
    if (!best || at < best.at || longer) best = { at, mark };
  }
  return best;
}

/** How many characters at the end may still become a mark. */
function undecided(text: string, marks: readonly Mark[]): number {
  let most = 0;
  for (const mark of marks) {
    for (let length = Math.min(mark.text.length - 1, text.length); length > most; length--) {
      if (text.endsWith(mark.text.slice(0, length))) most = length;
    }
  }
  return most;
}

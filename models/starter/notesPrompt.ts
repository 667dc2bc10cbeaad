import { isAbout, rankLines } from './rankLines.ts';
import words from './recipe/prompts.json' with { type: 'json' };

/** A passage put before the model. `number` is what an answer cites. */
export interface NotesPassage {
  readonly number: number;
  /** Path of the note inside its folder, with `/`. */
  readonly path: string;
  /** Heading that the passage stands under; empty if none. */
  readonly heading: string;
  readonly text: string;
}

/** What the starter answers when the passages do not hold the answer, word for word. */
export const notInNotes: string = words.absent;

/** The prompt of {@link notesPrompt} in pieces; joined, `passages` and `question` are the user turn. */
export interface NotesPromptParts {
  readonly system: string;
  /**
   * Of each passage that is shown, the best first: what is written of it, and the answers that quote it, of lines that are
   * about what the question names.
   */
  readonly passages: readonly {
    readonly number: number;
    readonly text: string;
    readonly answers: readonly string[];
  }[];
  readonly question: string;
}

/**
 * Writes the prompt that the starter model was trained to answer from notes with. Of all sentences it holds the few that
 * share most with the question, the best first; each stands on a line of its own, with a letter to find it by and the
 * number of its passage. The answer is such a line without the letter, word for word, or {@link notInNotes}.
 */
export function notesPromptParts(passages: readonly NotesPassage[], question: string): NotesPromptParts {
  const asked = question.trim();
  const lines = passages.flatMap(({ number, path, heading, text }) => {
    const place = heading === '' ? path : `${path} › ${heading}`;
    return noteSentences(text).map((line) => ({ number, place, line }));
  });
  const shown = new Map<number, { place: string; lines: string[]; answers: string[] }>();
  for (const at of rankLines(lines, asked)) {
    const line = lines[at] as (typeof lines)[number];
    const part = shown.get(line.number) ?? { place: line.place, lines: [], answers: [] };
    const quoted = `${line.line} [${line.number}]`;
    part.lines.push(quoted);
    if (isAbout(line, asked, lines)) part.answers.push(` ${quoted}`);
    shown.set(line.number, part);
  }
  let count = 0;
  const written = [...shown].map(([number, part], index) => ({
    number,
    text: [
      index === 0 ? `${words.notes}\n# ${part.place}` : `\n# ${part.place}`,
      ...part.lines.map((line) => `${marks[count++]} ${line}`),
    ].join('\n'),
    answers: part.answers,
  }));
  const before = written.length === 0 ? `${words.notes}\n` : '';
  return {
    system: words.notesSystem,
    passages: written,
    question: `${before}\n\n${words.question} ${asked}`,
  };
}

/** The prompt of {@link notesPromptParts}: one system and one user turn. */
export function notesPrompt(
  passages: readonly NotesPassage[],
  question: string,
): [{ role: 'system'; text: string }, { role: 'user'; text: string }] {
  const parts = notesPromptParts(passages, question);
  const user = [...parts.passages.map(({ text }) => text), parts.question].join('');
  return [
    { role: 'system', text: parts.system },
    { role: 'user', text: user },
  ];
}

const marks = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The sentences of a passage, as an answer quotes them: without the marks of lists, quotations, tasks and headings. */
export function noteSentences(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/^(?:[-*+>]|#{1,6}|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/, ''))
    .flatMap((line) => line.split(sentenceEnd))
    // A note cannot pretend to be another passage.
    .map((sentence) => sentence.trim().replace(/\s+/g, ' ').replace(/\[(\d+)\]/g, '($1)'))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

// A full stop after one letter or a title is not an end: "J. Smith", "Dr. Lee", "e.g. Anna".
const sentenceEnd =
  /(?<=[.!?]["')\]]?)(?<!(?:^|[\s.(])(?:\p{L}|Mr|Mrs|Ms|Dr|Prof|St|No|Nr|vs|etc|approx|ca|cf)\.)\s+(?=["'(]?[\p{Lu}\p{N}])/u;

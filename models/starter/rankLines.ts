import words from './recipe/ranking.json' with { type: 'json' };

/** A line of notes, and the path and heading that it stands under. */
export interface PlacedLine {
  readonly line: string;
  readonly place: string;
}

const endings = words.endings.split(' ');
const common = new Set(words.common.split(' ').map(stem));
/** Words of questions that ask rather than name: an answer need not have them. */
const asking = new Set(words.asking.split(' ').map(stem));

/** Lines that the starter is shown at most. */
export const mostLines: number = words.most;

/**
 * The places (from 0) of the `most` lines that share most with the question, the best first. A word counts less the more
 * lines have it, little if it is common in questions, and some where only the place has it. The recipe does exactly the
 * same (`recipe/ranking.py`): the starter is trained on what the app shows it.
 */
export function rankLines(lines: readonly PlacedLine[], question: string, most = mostLines): number[] {
  const inside = lines.map(({ line }) => stems(line));
  const above = lines.map(({ place }) => stems(place));
  const asked = [...stems(question)].map((word) => {
    const frequency = inside.filter((some) => some.has(word)).length;
    const weight = common.has(word) ? 0.1 : 1;
    return { word, inside: (weight * lines.length) / (lines.length + 3 * frequency), above: 0.2 * weight };
  });
  const score = (at: number) =>
    asked.reduce(
      (sum, { word, ...worth }) =>
        sum + (inside[at]?.has(word) ? worth.inside : above[at]?.has(word) ? worth.above : 0),
      0,
    );
  return lines
    .map((_, at) => ({ at, score: score(at) }))
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, most)
    .map(({ at }) => at);
}

/**
 * Whether a line has every word of a question that names something: one with a capital or a digit in it (the first word
 * aside), or one that other lines have. A line without such a word is about something else.
 */
export function isAbout({ line, place }: PlacedLine, question: string, others: readonly PlacedLine[]): boolean {
  const inside = stems(`${line} ${place}`);
  const missing = [...stems(question)].filter(
    (word) => word.length > 1 && !inside.has(word) && !common.has(word) && !asking.has(word),
  );
  const names = stems(question.replace(/^\S+/, '').match(/\S*[\p{Lu}\p{N}]\S*/gu)?.join(' ') ?? '');
  return missing.every((word) => !names.has(word) && !others.some((other) => stems(other.line).has(word)));
}

function stems(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(stem));
}

/** Enough for "keeps" to meet "keep" and "moved" to meet "move"; it need not be a word. */
function stem(word: string): string {
  const ending = endings.find((end) => word.endsWith(end) && [...word].length - end.length >= 3);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

import { createDice, type Fact, makeFact, makeFiller, makeTitle, mixFacts } from './plantedFacts.ts';

/** A folder of notes with facts planted in them, and questions for some of the facts. */
export interface PlantedNotes {
  /** Text by path. */
  readonly notes: ReadonlyMap<string, string>;
  /** Questions whose answer stands in one sentence of one note. */
  readonly questions: readonly {
    readonly question: string;
    readonly sentence: string;
    readonly value: string;
    readonly path: string;
  }[];
  /** Questions near to the facts, whose answer stands nowhere. */
  readonly unanswerable: readonly { readonly question: string }[];
}

const folders = ['', 'Home/', 'Work/', 'Garden/', 'Projects/', 'Travel/', 'Journal/', 'Ideas/2026/'];
const headings =
  'Overview Details Decision Notes Todo Log Summary Contacts Costs Plan History Settings Repairs Dates Meeting Equipment'.split(
    ' ',
  );

/**
 * Writes notes of headings, paragraphs and lists; every other sentence or so is a fact. Facts share words with each
 * other (the same code of another thing, another code of the same thing), questions are asked of facts that no other
 * one could be taken for.
 */
export function plantNotes(
  options: { notes?: number; questions?: number; unanswerable?: number; seed?: number } = {},
): PlantedNotes {
  const { notes: noteCount = 500, questions: asked = 100, unanswerable = 30, seed = 20_261_123 } = options;
  const dice = createDice(seed);
  const taken = new Set<string>();
  const notes = new Map<string, string>();
  const planted: (Fact & { path: string })[] = [];
  const freshFact = () => {
    for (;;) {
      const fact = makeFact(dice);
      if (taken.has(fact.key)) continue;
      taken.add(fact.key);
      return fact;
    }
  };

  while (notes.size < noteCount) {
    const title = makeTitle(dice);
    const path = `${dice.pick(folders)}${title}${dice.chance(0.3) ? ` ${notes.size}` : ''}.md`;
    if (notes.has(path)) continue;
    const parts = dice.chance(0.7) ? [`# ${title}\n`] : [];
    for (let section = 1 + dice.below(4); section > 0; section--) {
      if (dice.chance(0.8)) parts.push(`## ${dice.pick(headings)}\n`);
      const lines: string[] = [];
      for (let line = 2 + dice.below(7); line > 0; line--) {
        if (dice.chance(0.45)) {
          const fact = freshFact();
          planted.push({ ...fact, path });
          lines.push(fact.sentence);
        } else lines.push(makeFiller(dice));
      }
      parts.push(
        dice.chance(0.3) ? `${lines.map((line) => `- ${line}`).join('\n')}\n` : `${lines.join(' ')}\n`,
      );
    }
    if (dice.chance(0.3))
      parts.push(`See [[${makeTitle(dice)}]] #${dice.pick(['home', 'work', 'idea', 'todo'])}\n`);
    notes.set(path, parts.join('\n'));
  }

  const questions: PlantedNotes['questions'][number][] = [];
  for (let at = 0; questions.length < asked; at++) {
    const fact = planted[(at * 37) % planted.length] as Fact & { path: string };
    if (isAmbiguous(fact, planted) || questions.some(({ question }) => question === fact.question)) continue;
    const { question, sentence, value, path } = fact;
    questions.push({ question, sentence, value, path });
  }
  const absent: Fact[] = [];
  while (absent.length < unanswerable) {
    // Half of them name what stands in the notes, though not together.
    const mixed =
      absent.length % 2 === 0 ? mixFacts(dice, dice.pick(planted), dice.pick(planted)) : freshFact();
    if (mixed && !planted.some(({ key }) => key === mixed.key) && !isAmbiguous(mixed, planted))
      absent.push(mixed);
  }
  return { notes, questions, unanswerable: absent.map(({ question }) => ({ question })) };
}

/** True if the question could be about another fact too: every word of its key stands in that one's key. */
function isAmbiguous(fact: Fact, all: readonly Fact[]): boolean {
  const words = fact.key.split(/[^\p{L}\p{N}]+/u);
  return all.some((other) => {
    if (other.key === fact.key) return false;
    const theirs = new Set(other.key.split(/[^\p{L}\p{N}]+/u));
    return words.every((word) => theirs.has(word));
  });
}

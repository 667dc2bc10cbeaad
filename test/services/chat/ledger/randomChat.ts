import type { Keep, Summary, WindowCut } from '../../../../electron/contract/ledger.ts';
import type { TurnMessage } from '../../../../electron/services/chat/ledger/turns.ts';

/** A stored message, as far as the ledger looks at it. */
export type ChatMessage = TurnMessage & { readonly summary: Summary | null; readonly cut: WindowCut | null };

/** Random numbers that are the same for the same seed (mulberry32). */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return { next, below, chance: (share: number): boolean => next() < share };
}
export type Random = ReturnType<typeof createRandom>;

const syllables = [
  'ink',
  'ling',
  'lake',
  'Ärger',
  '雨',
  '\n',
  '- ',
  '## ',
  'K7',
  '🜁',
  'the',
  '.',
  '',
  '  ',
  'a',
];

/** Words that appear in no other text of the same chat, so that they can be looked for in a prompt. */
export function randomText(random: Random, name: string, mostWords: number): string {
  const words = [`<${name}>`];
  for (let left = random.below(mostWords); left > 0; left--)
    words.push(syllables[random.below(syllables.length)] ?? '');
  return words.join(' ');
}

/** Adds one turn: one to three questions without an answer at times, then one with an answer. */
export function addTurn(random: Random, chat: ChatMessage[], options: { mostWords: number; marks: boolean }) {
  const { mostWords, marks } = options;
  // Most turns are short, some are as long as a window.
  const length = () => (random.chance(0.1) ? mostWords : Math.ceil(mostWords / 10));
  const keep = (): Keep =>
    marks && random.chance(0.15) ? (random.chance(0.5) ? 'always' : 'never') : 'auto';
  const add = (role: 'user' | 'assistant', text: string) => {
    const id = `m${chat.length}`;
    const files = Array.from(
      { length: role === 'user' && random.chance(0.1) ? 1 + random.below(2) : 0 },
      (_, at) => ({
        title: `${id}.${at}`,
        text: `${randomText(random, `f${id}-${at}`, mostWords / 4)}\n\n`,
      }),
    );
    chat.push({ id, role, text, files, keep: keep(), summary: null, cut: null });
  };
  while (random.chance(0.1)) {
    add('user', randomText(random, `q${chat.length}`, length()));
    if (random.chance(0.7)) add('assistant', '');
  }
  add('user', randomText(random, `q${chat.length}`, length()));
  add('assistant', randomText(random, `a${chat.length}`, length()));
}

/** Lets the last message keep a summary of some of the turns before. */
export function addSummary(random: Random, chat: ChatMessage[]): void {
  const end = chat.length - 1;
  const from = chat.slice(0, end).filter(({ role }) => role === 'user');
  const last = chat[end];
  const first = from[random.below(from.length)];
  if (!last || !first || last.role !== 'assistant') return;
  const text = randomText(random, `s${end}`, 20);
  chat[end] = { ...last, summary: { from: first.id, text, turns: 1, model: null, createdAt: 0 } };
}

import { describe, expect, it } from 'vitest';
import type { PromptMessage } from '../../../../electron/engine/contract.ts';
import { countParts } from '../../../../electron/services/chat/ledger/drawPlan.ts';
import { type Plan, planLedger } from '../../../../electron/services/chat/ledger/planLedger.ts';
import type { TokenCounts } from '../../../../electron/services/chat/ledger/tokenCounts.ts';
import { toTurns } from '../../../../electron/services/chat/ledger/turns.ts';
import type { NotesPrompt } from '../../../../electron/services/chat/notesPrompt.ts';
import {
  addSummary,
  addTurn,
  type ChatMessage,
  createRandom,
  type Random,
  randomText,
} from './randomChat.ts';

const signal = new AbortController().signal;
const wordsIn = (text: string) => text.split(/\s+/).filter(Boolean).length;
const format = { base: 4, system: 3, turn: 6 };
const counts: TokenCounts = {
  texts: async (texts) => texts.map(wordsIn),
  format: async () => format,
};
const namesIn = (text: string): readonly string[] => text.match(/<[a-z]+\d*>/g) ?? [];
const names = (messages: readonly PromptMessage[]) => messages.flatMap(({ text }) => namesIn(text));

/** A chat that ends with a question, and all that its prompt is made of. */
async function draw(random: Random, chat: readonly ChatMessage[], contextSize: number) {
  const question = randomText(random, 'newest', random.chance(0.1) ? contextSize : contextSize / 8);
  const newest: ChatMessage = {
    id: 'new',
    role: 'user',
    text: question,
    keep: 'auto',
    summary: null,
    cut: null,
  };
  const systemPrompt = random.chance(0.5) ? '' : randomText(random, 'system', random.chance(0.1) ? 200 : 20);
  const notes = random.chance(0.3) ? randomNotes(random) : null;
  const branch = [...chat, newest];
  const input = await countParts({ systemPrompt, branch, notes, how: {} }, counts, contextSize, signal);
  return { branch, input, plan: planLedger(input) };
}

const randomNotes = (random: Random): ((question: string) => NotesPrompt) => {
  const passages = Array.from({ length: 1 + random.below(5) }, (_, at) => ({
    title: `p${at}`,
    text: `\n\n${randomText(random, `p${at}`, 60)}`,
    from: random.chance(0.5) ? ('notes' as const) : ('attachment' as const),
    number: at + 1,
    answers: null,
  }));
  const alone = random.chance(0.3);
  return (question) => ({ instructions: 'from <notes>', passages, question: `\n\n${question}`, alone });
};

function expectWhole(branch: readonly ChatMessage[], input: { room: number }, plan: Plan): void {
  const said = names(plan.messages);
  const turns = toTurns(branch);
  const entries = plan.entries.filter(({ kind }) => kind === 'turn');
  // Every turn has one entry; what is in stands in the prompt once and in order, what is out does not and says why.
  expect(entries.map(({ number }) => number)).toEqual(turns.slice(0, -1).map(({ number }) => number));
  const wrong = entries.filter((entry, index) => {
    const turn = turns[index];
    const files = turn?.files.map(({ text }) => text).join(' ');
    const own = namesIn(`${files} ${turn?.question ?? ''} ${turn?.answer ?? ''}`);
    const times = entry.state === 'in' ? 1 : 0;
    const told = (entry.reason === null) === (entry.state === 'in');
    return (
      !told || own.length === 0 || own.some((name) => said.filter((each) => each === name).length !== times)
    );
  });
  expect(wrong).toEqual([]);
  // Every file has an entry of its own, which goes where its turn goes.
  const own = (entry: (typeof entries)[number]) => filesBefore(plan, entry);
  expect(
    entries.map((entry) => own(entry).map(({ title, state, reason }) => [title, state, reason])),
  ).toEqual(
    turns
      .slice(0, -1)
      .map(({ files }, at) => files.map(({ title }) => [title, entries[at]?.state, entries[at]?.reason])),
  );
  // Every message belongs to one entry.
  const ids = [...entries, ...plan.entries.filter(({ kind }) => kind === 'newest')].flatMap(
    (e) => e.messageIds,
  );
  expect(ids.toSorted()).toEqual(branch.map(({ id }) => id).toSorted());
  // The newest message is always whole, and so are the instructions, unless the model reads the passages alone.
  expect(said.filter((name) => name === '<newest>')).toHaveLength(1);
  const instructions = plan.entries.find(({ kind }) => kind === 'instructions');
  expect([undefined, null, 'alone']).toContain(instructions?.reason);
  expect(plan.messages.at(-1)?.role).toBe('user');
  if (plan.fits) expect(plan.tokens + input.room).toBeLessThanOrEqual(plan.contextSize);
  else expect(entries.every(({ state }) => state === 'out')).toBe(true);
  // The sum is what the prompt takes.
  const marks = plan.messages.reduce((sum, { role }) => sum + (role === 'system' ? format.system : 3), 1);
  expect(plan.tokens).toBe(plan.messages.reduce((sum, { text }) => sum + wordsIn(text), marks));
}

/** The files that come and go with a turn. */
function filesBefore(plan: Plan, turn: Plan['entries'][number]): Plan['entries'] {
  const end = plan.entries.indexOf(turn);
  const start = plan.entries.findLastIndex(({ kind }, at) => at < end && kind !== 'attachment') + 1;
  return plan.entries.slice(start, end);
}

function expectPinsKept(plan: Plan): void {
  const space = plan.contextSize - plan.room;
  const pinned = plan.entries.filter((entry) => entry.kind === 'turn' && entry.pinned);
  const must = plan.entries.filter(({ kind, state }) => kind !== 'turn' && state === 'in');
  const least = (entries: Plan['entries']) => entries.reduce((sum, { tokens }) => sum + tokens, 0);
  for (const pin of pinned) {
    if (pin.state === 'in' || pin.reason === 'alone') continue;
    expect(pin.reason).toBe('no_room');
    // What else must stay, later pins included, leaves too little for it.
    const others = pinned.filter(({ number }) => Number(number) > Number(pin.number));
    const kept = others.filter(({ state }) => state === 'in');
    const files = least(filesBefore(plan, pin));
    expect(least(must) + least(kept) + files + pin.tokens).toBeGreaterThan(space);
  }
}

describe('planLedger', () => {
  it('never lets a turn leave the window without an entry, in thousands of random chats', async () => {
    for (let seed = 1; seed <= 6000; seed++) {
      const random = createRandom(seed);
      const contextSize = 128 + random.below(600);
      const chat: ChatMessage[] = [];
      for (let turns = random.below(25); turns > 0; turns--) {
        addTurn(random, chat, { mostWords: contextSize / 2, marks: true });
        if (random.chance(0.1)) addSummary(random, chat);
      }
      if (random.chance(0.3) && chat.length > 0)
        chat[chat.length - 1] = {
          ...(chat.at(-1) as ChatMessage),
          cut: { from: `m${random.below(chat.length + 2)}`, contextSize: contextSize - random.below(2) },
        };
      const { branch, input, plan } = await draw(random, chat, contextSize);
      try {
        expectWhole(branch, input, plan);
        expectPinsKept(plan);
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
  });

  it('keeps the beginning of the prompt from turn to turn, but for a rare big cut', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = createRandom(seed);
      const contextSize = 300 + random.below(400);
      const chat: ChatMessage[] = [];
      let before: readonly PromptMessage[] = [];
      let cuts = 0;
      let full = 0;
      for (let turn = 0; turn < 40; turn++) {
        const question = randomText(random, `q${turn}`, contextSize / 20);
        chat.push({ id: `q${turn}`, role: 'user', text: question, keep: 'auto', summary: null, cut: null });
        const draft = { systemPrompt: 'Be kind.', branch: chat, notes: null, how: {} };
        const plan = planLedger(await countParts(draft, counts, contextSize, signal));
        const goesOn = before.every(({ text }, index) => plan.messages[index]?.text === text);
        if (!goesOn) {
          cuts++;
          expect(plan.entries.some(({ fresh }) => fresh)).toBe(true);
          // What stays is well below the limit, so that the next cut is far away.
          expect(plan.tokens).toBeLessThan((contextSize - plan.room) * 0.75);
        }
        if (plan.leftOut > 0) full++;
        before = plan.messages;
        const text = randomText(random, `a${turn}`, contextSize / 20);
        chat.push({ id: `a${turn}`, role: 'assistant', text, keep: 'auto', summary: null, cut: plan.cut });
      }
      expect(cuts, `seed ${seed}`).toBeLessThanOrEqual(Math.max(1, full / 3));
    }
  });

  it('brings turns back when the window grows, and when what filled it is left out', async () => {
    const chat: ChatMessage[] = [];
    const say = (role: 'user' | 'assistant', words: number, more: Partial<ChatMessage> = {}) => {
      const id = `${chat.length}`;
      chat.push({
        id,
        role,
        text: `word${id} `.repeat(words),
        keep: 'auto',
        summary: null,
        cut: null,
        ...more,
      });
    };
    for (let turn = 0; turn < 6; turn++) {
      say('user', 20);
      say('assistant', turn === 4 ? 150 : 20);
    }
    const cut = { from: '8', contextSize: 300 };
    chat[11] = { ...(chat[11] as ChatMessage), cut };
    say('user', 5);
    const outs = async (branch: readonly ChatMessage[], contextSize: number) => {
      const draft = { systemPrompt: '', branch, notes: null, how: {} };
      const plan = planLedger(await countParts(draft, counts, contextSize, signal));
      return plan.entries.filter(({ reason }) => reason === 'full').map(({ number }) => number);
    };
    expect(await outs(chat, 300)).toEqual([1, 2, 3, 4]);
    expect(await outs(chat, 600)).toEqual([]);
    const without = chat.with(9, { ...(chat[9] as ChatMessage), keep: 'never' });
    expect(await outs(without, 300)).toEqual([1, 2, 3]);
  });
});

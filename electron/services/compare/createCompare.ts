import { mergeStreams } from '../../base/mergeStreams.ts';
import type { ChatEvent } from '../../contract/chat.ts';
import type { CompareEvent, Comparison, Contender, Side } from '../../contract/compare.ts';
import type { Message } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import type { NoteScope } from '../../contract/noteSources.ts';
import type { Conversations } from '../conversations/createConversations.ts';
import { newId } from '../conversations/newId.ts';
import type { Storage } from '../storage/openStorage.ts';
import {
  decidedComparisons,
  getComparison,
  insertComparison,
  openComparisons,
  type StoredComparison,
  setAnswer,
  setPicked,
} from './comparisonRows.ts';
import { tallyOf } from './tally.ts';

type Options = { readonly signal: AbortSignal };

/** Comparisons that count for what is told of earlier picks. */
const mostCounted = 5000;

/** Lets two answer the same question, and remembers which was better. The chat service writes the answers. */
export function createCompare(deps: {
  storage: Pick<Storage, 'connection'>;
  conversations: Conversations;
  chat: Pick<AppService['chat'], 'send' | 'answer'>;
  now?: () => number;
  random?: () => number;
}): AppService['compare'] {
  const { conversations, chat, now = Date.now, random = Math.random } = deps;
  const db = () => deps.storage.connection();

  const messageOf = (id: string): Message => {
    const message = conversations.branch(id).at(-1);
    if (!message) throw new InklingError('not_found', 'An answer of this comparison is not there any more.');
    return message;
  };
  const toComparison = (stored: StoredComparison & { readonly conversationId: string }): Comparison => {
    const [first, second] = stored.sides.map(({ contender, answerId }) => ({
      contender,
      answer: messageOf(answerId),
    }));
    if (!first || !second) throw new Error('a comparison has two sides');
    const question = messageOf(first.answer.parentId ?? '');
    return { ...stored, sides: [first, second], question };
  };
  const wishOf = ({ modelId, sampling, thinking }: Contender, notes: NoteScope | null | undefined) => ({
    modelId,
    sampling,
    notes,
    ...(thinking && { thinking }),
  });

  return {
    async *start({ conversationId, question, sides, task, blind, notes }, options) {
      const [one, other] = sides;
      const [first, second] = blind && random() < 0.5 ? [other, one] : [one, other];
      const wish = { conversationId, ...wishOf(first, notes) };
      const firstAnswer = await begin(
        'text' in question
          ? chat.send({ ...wish, text: question.text }, options)
          : chat.answer({ ...wish, messageId: question.messageId }, options),
      );
      const messageId = firstAnswer.answer.parentId ?? '';
      const secondAnswer = await begin(
        chat.answer({ conversationId, messageId, ...wishOf(second, notes) }, options),
      ).catch(async (error: unknown) => {
        await firstAnswer.leave();
        throw error;
      });
      const stored = {
        id: newId(),
        conversationId,
        task,
        blind,
        createdAt: now(),
        sides: [
          { contender: first, answerId: firstAnswer.answer.id },
          { contender: second, answerId: secondAnswer.answer.id },
        ],
        picked: null,
      } satisfies StoredComparison;
      insertComparison(db(), stored);
      yield { type: 'begun', comparison: toComparison(stored) };
      yield* both([firstAnswer.events, secondAnswer.events]);
    },
    async *again({ id, side, notes }, options) {
      const stored = getComparison(db(), id);
      const { contender, answerId } = stored.sides[side];
      const before = messageOf(answerId);
      if (before.state === 'streaming')
        throw new InklingError('conflict', 'This answer is still being written. Stop it first.');
      const scope = notes ?? before.notes?.scope ?? null;
      const { conversationId } = stored;
      const wish = { conversationId, messageId: before.parentId ?? '', ...wishOf(contender, scope) };
      const { answer, events } = await begin(chat.answer(wish, options));
      setAnswer(db(), stored, side, answer.id);
      yield { type: 'begun', comparison: toComparison(getComparison(db(), id)) };
      for await (const event of events) yield { type: 'answer', side, event };
    },
    get: ({ id }) => toComparison(getComparison(db(), id)),
    open: ({ conversationId }) => ({
      comparisons: openComparisons(db(), conversationId).map(({ id, task, createdAt }) => ({
        id,
        task,
        createdAt,
      })),
    }),
    async pick({ id, pick }, options: Options) {
      const { conversationId, sides } = getComparison(db(), id);
      setPicked(db(), id, pick);
      const shown = pick === 'tie' ? null : sides[pick === 'first' ? 0 : 1].answerId;
      if (shown) await conversations.api.select({ id: conversationId, messageId: shown, step: 0 }, options);
      return toComparison(getComparison(db(), id));
    },
    tally(input) {
      const lines = tallyOf(decidedComparisons(db(), mostCounted));
      const task = input?.task?.toLowerCase();
      return { lines: task === undefined ? lines : lines.filter((line) => line.task.toLowerCase() === task) };
    },
  };
}

/** Starts an answer: it is saved, and being written from here on. */
async function begin(
  stream: AsyncIterable<ChatEvent>,
): Promise<{ answer: Message; events: AsyncIterable<ChatEvent>; leave(): Promise<unknown> }> {
  const iterator = stream[Symbol.asyncIterator]();
  const { value } = await iterator.next();
  if (value?.type !== 'accepted') throw new InklingError('internal', 'The answer did not begin.');
  return {
    answer: value.answer,
    events: { [Symbol.asyncIterator]: () => iterator },
    leave: async () => iterator.return?.(),
  };
}

async function* both(streams: readonly AsyncIterable<ChatEvent>[]): AsyncGenerator<CompareEvent> {
  for await (const { index, value } of mergeStreams(streams))
    yield { type: 'answer', side: index as Side, event: value };
}

import type { ChatEvent } from '../../contract/chat.ts';
import type { Message } from '../../contract/conversations.ts';
import type { Service } from '../../contract/define.ts';
import type { AppContract } from '../../contract/index.ts';
import type { NoteScope } from '../../contract/notes.ts';
import type { Sampling, Settings, Thinking } from '../../contract/settings.ts';
import type { Attachments } from '../attachments/createAttachments.ts';
import type { Conversations } from '../conversations/createConversations.ts';
import type { Engine } from '../engine/createEngine.ts';
import { type ChosenModel, chooseModel } from '../library/chooseModel.ts';
import type { Library } from '../library/createLibrary.ts';
import type { Notes } from '../notes/createNotes.ts';
import { createEventBuffer } from './eventBuffer.ts';
import { createLedgerDesk } from './ledger/createLedgerDesk.ts';
import { createTokenCounts } from './ledger/tokenCounts.ts';
import { writeAnswer } from './writeAnswer.ts';

interface Wish {
  readonly modelId?: string | null | undefined;
  readonly sampling?: Partial<Sampling> | undefined;
  readonly thinking?: Thinking | undefined;
  readonly notes?: NoteScope | null | undefined;
}
type Chosen = ChosenModel | null;

/** The starter model always takes the likeliest token: variety only makes so small a model err. */
const steady = { temperature: 0, repeatPenalty: 1 } as const;

/** The chat service: saves the question, gets an answer, saves that while it streams. */
export function createChat(deps: {
  conversations: Conversations;
  attachments: Pick<Attachments, 'get' | 'text' | 'find'>;
  engine: Engine;
  library: Library;
  notes: Pick<Notes, 'find'>;
  settings: () => Settings;
  /** The sampling recommended for a model where the person chose nothing else. */
  samplingFor: (modelId: string) => Partial<Sampling>;
}): Service<AppContract>['chat'] & { close(): Promise<void> } {
  const { conversations, attachments, engine, library, notes, settings } = deps;
  const open = new Map<Promise<void>, AbortController>();
  const hurries = new Map<string, AbortController>();
  const counts = createTokenCounts();

  const choose = (wish: Wish): Promise<Chosen> => chooseModel(library, settings(), wish.modelId);

  async function* answer(
    conversationId: string,
    lines: { user: Message | null; answer: Message },
    questionId: string,
    model: Chosen,
    wish: Wish,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent> {
    const buffer = createEventBuffer();
    const stop = new AbortController();
    const hurry = new AbortController();
    hurries.set(lines.answer.id, hurry);
    const { systemPrompt, sampling, thinking } = settings();
    const writing = writeAnswer(
      {
        engine,
        counts,
        writer: conversations.openAnswer(lines.answer.id),
        branch: conversations
          .branch(questionId)
          .filter((message) => message.conversationId === conversationId),
        modelId: model?.id ?? null,
        systemPrompt,
        sampling: {
          ...sampling,
          ...(model && deps.samplingFor(model.id)),
          ...(model?.starter && steady),
          ...wish.sampling,
        },
        thinking: wish.thinking ?? thinking,
        hurry: hurry.signal,
        notes: wish.notes ? { scope: wish.notes, find: notes.find, starter: model?.starter ?? false } : null,
        emit: buffer.push,
      },
      AbortSignal.any([signal, stop.signal]),
    ).finally(() => {
      open.delete(writing);
      hurries.delete(lines.answer.id);
      buffer.end();
    });
    open.set(writing, stop);
    try {
      yield { type: 'accepted', ...lines };
      yield* buffer.read();
      await writing;
    } finally {
      // Leaving the stream is the same as stopping: the engine is freed and what was written is kept.
      stop.abort();
    }
  }

  return {
    async *send({ conversationId, parentId, editOf, text, attachments: ids, ...wish }, { signal }) {
      const model = await choose(wish);
      const lines = conversations.addTurn({
        conversationId,
        parentId,
        editOf,
        text,
        attachments: ids && [...new Set(ids)].map(attachments.get),
        model: nameOf(model),
      });
      yield* answer(conversationId, lines, lines.user.id, model, wish, signal);
    },
    async *answer({ conversationId, messageId, ...wish }, { signal }) {
      const model = await choose(wish);
      const line = conversations.addAnswer({ conversationId, messageId, model: nameOf(model) });
      yield* answer(conversationId, { user: null, answer: line }, messageId, model, wish, signal);
    },
    answerNow({ answerId }) {
      hurries.get(answerId)?.abort();
      return null;
    },
    ...createLedgerDesk({ ...deps, counts }),
    async close() {
      for (const stop of open.values()) stop.abort();
      await Promise.all(open.keys());
    },
  };
}

const nameOf = (model: Chosen) => model && { id: model.id, name: model.name };

import type { ChatEvent } from '../../contract/chat.ts';
import { type ChatSettingsPatch, chatSettings } from '../../contract/chatSettings.ts';
import type { Message } from '../../contract/conversations.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { Sampling, Settings } from '../../contract/settings.ts';
import type { KeepState } from '../../engine/contract.ts';
import type { Attachments } from '../attachments/createAttachments.ts';
import type { Conversations } from '../conversations/createConversations.ts';
import type { Engine } from '../engine/createEngine.ts';
import { type ChosenModel, chooseModel } from '../library/chooseModel.ts';
import type { Library } from '../library/createLibrary.ts';
import type { Notes } from '../notes/createNotes.ts';
import { createEventBuffer } from './eventBuffer.ts';
import { createLedgerDesk } from './ledger/createLedgerDesk.ts';
import { createTokenCounts } from './ledger/tokenCounts.ts';
import { prepareAnswer } from './prepareAnswer.ts';
import { type AnswerPlan, type AnswerWish, resolveChat } from './resolveChat.ts';
import { openFormat, type Structured } from './structured.ts';
import { writeAnswer } from './writeAnswer.ts';

type Chosen = ChosenModel | null;

const steady = { temperature: 0, repeatPenalty: 1 } as const;

/** The chat service: saves the question, gets an answer, saves that while it streams. */
export function createChat(deps: {
  conversations: Conversations;
  attachments: Pick<Attachments, 'get' | 'has' | 'text' | 'find'>;
  engine: Engine;
  library: Library;
  notes: Pick<Notes, 'find'>;
  settings: () => Settings;
  /** Where the engine keeps what it has read of a chat; null where it is not to. */
  keepFor: (conversationId: string) => KeepState | null;
  /** The sampling recommended for a model where the person chose nothing else. */
  samplingFor: (modelId: string) => Partial<Sampling>;
}): Service<AppContract>['chat'] & { close(): Promise<void> } {
  const { conversations, attachments, engine, library, notes, settings } = deps;
  const open = new Map<Promise<void>, AbortController>();
  const hurries = new Map<string, AbortController>();
  const counts = createTokenCounts();

  const planFor = (
    conversationId: string | null,
    wish: AnswerWish,
    own: ChatSettingsPatch = {},
  ): AnswerPlan =>
    resolveChat({
      wish,
      chat: conversationId === null ? chatSettings.parse(own) : conversations.settingsOf(conversationId),
      app: settings(),
      now: new Date(),
    });
  const desk = createLedgerDesk({ ...deps, counts, planFor });
  const choose = (plan: AnswerPlan): Promise<Chosen> => chooseModel(library, plan.modelId);
  /** What suits a model; the starter always takes the likeliest token: variety only makes so small a model err. */
  const recommendedFor = (model: Chosen): Partial<Sampling> => ({
    ...(model && deps.samplingFor(model.id)),
    ...(model?.starter && steady),
  });

  async function* answer(
    conversationId: string,
    lines: { user: Message | null; answer: Message },
    questionId: string,
    model: Chosen,
    plan: AnswerPlan,
    structured: Structured | null,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent> {
    const buffer = createEventBuffer();
    const stop = new AbortController();
    const hurry = new AbortController();
    hurries.set(lines.answer.id, hurry);
    const writing = writeAnswer(
      {
        engine,
        counts,
        writer: conversations.openAnswer(lines.answer.id),
        branch: conversations
          .branch(questionId)
          .filter((message) => message.conversationId === conversationId),
        modelId: model?.id ?? null,
        systemPrompt: plan.systemPrompt,
        sampling: plan.sampling(recommendedFor(model)),
        thinking: plan.thinking,
        hurry: hurry.signal,
        keep: deps.keepFor(conversationId),
        wells: {
          scope: lines.answer.notes ? lines.answer.notes.scope : plan.notes,
          find: notes.find,
          files: attachments,
          starter: model?.starter ?? false,
          sources: lines.answer.notes?.sources ?? null,
        },
        soFar: lines.answer,
        structured,
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
      const plan = planFor(conversationId, wish);
      const structured = openFormat(plan.format);
      const model = await choose(plan);
      const lines = conversations.addTurn({
        conversationId,
        parentId,
        editOf,
        text,
        attachments: ids && [...new Set(ids)].map(attachments.get),
        model: nameOf(model),
        format: structured?.made ?? null,
      });
      yield* answer(conversationId, lines, lines.user.id, model, plan, structured, signal);
    },
    async *answer({ conversationId, messageId, ...wish }, { signal }) {
      const plan = planFor(conversationId, wish);
      const structured = openFormat(plan.format);
      const model = await choose(plan);
      const line = conversations.addAnswer({
        conversationId,
        messageId,
        model: nameOf(model),
        format: structured?.made ?? null,
      });
      yield* answer(conversationId, { user: null, answer: line }, messageId, model, plan, structured, signal);
    },
    async *continue({ conversationId, messageId, begin, ...wish }, { signal }) {
      const wanted = planFor(conversationId, wish);
      const model = await choose(wanted);
      if (conversations.branch(messageId).at(-1)?.format) throw noMiddle();
      const line = conversations.reopenAnswer({ conversationId, messageId, begin, model: nameOf(model) });
      const plan = { ...wanted, notes: line.notes?.scope ?? null };
      yield* answer(
        conversationId,
        { user: null, answer: line },
        line.parentId ?? '',
        model,
        plan,
        null,
        signal,
      );
    },
    answerNow({ answerId }) {
      hurries.get(answerId)?.abort();
      return null;
    },
    async prepare({ conversationId, settings: own, ...wish }, { signal }) {
      const plan = planFor(conversationId, wish, own);
      const model = await choose(plan);
      const keep = conversationId === null ? null : deps.keepFor(conversationId);
      await prepareAnswer({ ...deps, counts }, { conversationId, plan, model, keep }, signal);
      return null;
    },
    ledger: desk.ledger,
    measureFiles: desk.measureFiles,
    keep: desk.keep,
    summarize: desk.summarize,
    setSummary: desk.setSummary,
    async close() {
      for (const stop of open.values()) stop.abort();
      await Promise.all([desk.close(), ...open.keys()]);
    },
  };
}

/** A grammar begins at the beginning. */
const noMiddle = () =>
  new InklingError(
    'unsupported',
    'An answer that has to be JSON cannot go on where it ended. It is kept; try again for a whole one.',
  );

const nameOf = (model: Chosen) => model && { id: model.id, name: model.name };

import type { KeepState } from '../../engine/contract.ts';
import type { Conversations } from '../conversations/createConversations.ts';
import type { Engine } from '../engine/createEngine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import type { ChosenModel } from '../library/chooseModel.ts';
import type { ReadableFiles } from './files/findInFiles.ts';
import { placeFiles } from './files/placeFiles.ts';
import { countParts } from './ledger/drawPlan.ts';
import { planLedger } from './ledger/planLedger.ts';
import type { TokenCounts } from './ledger/tokenCounts.ts';
import { writeNotesPrompt } from './notesPrompt.ts';
import type { AnswerPlan } from './resolveChat.ts';

/** Lets the engine read what of the next prompt is certain already, if it has nothing else to do. */
export async function prepareAnswer(
  deps: {
    readonly engine: Engine;
    readonly conversations: Conversations;
    readonly attachments: ReadableFiles;
    readonly counts: (tokenizer: Tokenizer) => TokenCounts;
  },
  wish: {
    readonly conversationId: string | null;
    readonly plan: AnswerPlan;
    readonly model: ChosenModel | null;
    readonly keep: KeepState | null;
  },
  signal: AbortSignal,
): Promise<void> {
  const { engine, conversations, attachments } = deps;
  const { conversationId, model, keep } = wish;
  const { systemPrompt, thinking, notes } = wish.plan;
  const tokenizer = engine.tokenizer();
  if (engine.busy() || !tokenizer || tokenizer.modelId !== model?.id) return;
  const leafId =
    conversationId === null ? null : (await conversations.api.get({ id: conversationId }, { signal })).leafId;
  const stored = leafId === null ? [] : conversations.branch(leafId);
  const counts = deps.counts(tokenizer);
  const { contextSize } = tokenizer;
  const given = {
    textOf: attachments.text,
    has: attachments.has,
    counts,
    contextSize,
    starter: model.starter,
  };
  const { branch } = await placeFiles([...stored, unsaid], given, signal);
  const how = { thinking };
  const parts = await countParts(
    {
      systemPrompt,
      branch,
      notes: notes && ((question) => writeNotesPrompt([], question, model.starter)),
      how,
    },
    counts,
    contextSize,
    signal,
  );
  const messages = planLedger(parts).messages.slice(0, -1);
  if (messages.length > 0 && !engine.busy()) await engine.prepare({ ...how, messages, keep }, signal);
}

/** Stands for what will be asked. */
const unsaid = {
  id: '',
  role: 'user',
  text: '…',
  keep: 'auto',
  summary: null,
  cut: null,
  attachments: [],
} as const;

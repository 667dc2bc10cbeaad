import type { Attachment } from '../../../contract/attachments.ts';
import type { ChatSettingsPatch } from '../../../contract/chatSettings.ts';
import type { Message } from '../../../contract/conversations.ts';
import type { Service } from '../../../contract/define.ts';
import { InklingError } from '../../../contract/errors.ts';
import type { AppContract } from '../../../contract/index.ts';
import type { Summary } from '../../../contract/ledger.ts';
import type { Sampling } from '../../../contract/settings.ts';
import type { Attachments } from '../../attachments/createAttachments.ts';
import type { Conversations } from '../../conversations/createConversations.ts';
import type { Engine } from '../../engine/createEngine.ts';
import type { Tokenizer } from '../../engine/tokenizer.ts';
import { chooseModel } from '../../library/chooseModel.ts';
import type { Library } from '../../library/createLibrary.ts';
import type { Notes } from '../../notes/createNotes.ts';
import { measureFiles } from '../files/placeFiles.ts';
import { gatherSources } from '../gatherSources.ts';
import type { AnswerPlan, AnswerWish } from '../resolveChat.ts';
import { createTaskStreams } from '../taskStreams.ts';
import { countParts } from './drawPlan.ts';
import { planLedger } from './planLedger.ts';
import { showLedger } from './showLedger.ts';
import { summarize } from './summarize.ts';
import type { TokenCounts } from './tokenCounts.ts';
import { toTurns } from './turns.ts';

type Chat = Service<AppContract>['chat'];

/** Shows what the model will see of a chat, and lets a person decide it. */
export function createLedgerDesk(deps: {
  conversations: Conversations;
  engine: Engine;
  library: Library;
  attachments: Pick<Attachments, 'get' | 'has' | 'text' | 'find'>;
  notes: Pick<Notes, 'find'>;
  /** What an answer would be made with; `own` are the settings of a chat that was not started yet. */
  planFor: (
    conversationId: string | null,
    wish: AnswerWish,
    own?: ChatSettingsPatch | undefined,
  ) => AnswerPlan;
  samplingFor: (modelId: string) => Partial<Sampling>;
  counts: (tokenizer: Tokenizer) => TokenCounts;
}): Pick<Chat, 'ledger' | 'measureFiles' | 'keep' | 'summarize' | 'setSummary'> & { close(): Promise<void> } {
  const { conversations, attachments, engine, library, planFor } = deps;
  const tasks = createTaskStreams();

  const shownBranch = async (conversationId: string | null, signal: AbortSignal) => {
    if (conversationId === null) return [];
    const { leafId } = await conversations.api.get({ id: conversationId }, { signal });
    return leafId === null ? [] : conversations.branch(leafId);
  };
  // While a person types, a long chat is not read again at each pause.
  let read: { readonly key: string; readonly branch: readonly Message[] } | undefined;
  const branchWhileTyping = async (conversationId: string | null, signal: AbortSignal) => {
    const key = `${conversationId} ${conversations.version()}`;
    const known = read?.key === key ? read.branch : null;
    const branch = known ?? (await shownBranch(conversationId, signal));
    read = branch.at(-1)?.state === 'streaming' ? undefined : { key, branch };
    return branch;
  };

  return {
    async ledger({ conversationId, draft, attachments: ids = [], notes, settings }, { signal }) {
      const tokenizer = engine.tokenizer();
      if (!tokenizer) return null;
      const stored = await branchWhileTyping(conversationId, signal);
      const { contextSize, modelId } = tokenizer;
      try {
        const newest = draftMessage(draft, ids.map(attachments.get));
        const isEmpty = draft.trim() === '' && ids.length === 0;
        const counts = deps.counts(tokenizer);
        const { starter = false } = (await chooseModel(library, modelId)) ?? {};
        const { branch, write } = await gatherSources(
          { scope: notes ?? null, find: deps.notes.find, files: attachments, starter, sources: null },
          isEmpty ? stored : [...stored, newest],
          { counts, contextSize },
          signal,
        );
        const { systemPrompt, thinking } = planFor(conversationId, {}, settings);
        const parts = await countParts(
          { systemPrompt, branch, notes: write, how: { thinking } },
          counts,
          contextSize,
          signal,
        );
        return showLedger(planLedger(parts), modelId);
      } catch (error) {
        // The engine may have lost its model since: then there is nothing to count with.
        if (error instanceof InklingError && error.code !== 'internal') return null;
        throw error;
      }
    },
    async measureFiles({ ids }, { signal }) {
      const tokenizer = engine.tokenizer();
      if (!tokenizer) return null;
      const given = {
        textOf: attachments.text,
        counts: deps.counts(tokenizer),
        contextSize: tokenizer.contextSize,
      };
      return { files: await measureFiles(ids, given, signal) };
    },
    async keep({ conversationId, messageId, keep }, { signal }) {
      const branch = await shownBranch(conversationId, signal);
      const turn = toTurns(branch).find(({ messageIds }) => messageIds.includes(messageId));
      if (!turn) throw new InklingError('not_found', 'This message is not in the shown chat any more.');
      // One mark a turn: the newest one counts.
      const before = new Map(branch.map((message) => [message.id, message.keep]));
      const marks = turn.messageIds
        .map((id) => ({ id, keep: id === messageId ? keep : ('auto' as const) }))
        .filter((mark) => before.get(mark.id) !== mark.keep);
      return { messages: conversations.mark(conversationId, marks) };
    },
    async *summarize({ conversationId, from, to, modelId }, { signal }) {
      const branch = await shownBranch(conversationId, signal);
      const plan = planFor(conversationId, { modelId });
      const model = await chooseModel(library, plan.modelId);
      const sampling = plan.sampling(model ? deps.samplingFor(model.id) : {});
      yield* tasks.run(signal, (emit, inner) => {
        const keep = (summary: Summary) => void conversations.mark(conversationId, [{ id: to, summary }]);
        return summarize(
          { engine, counts: deps.counts, model, sampling, branch, from, to, emit, keep },
          inner,
        );
      });
    },
    setSummary: ({ conversationId, messageId, summary }) => ({
      messages: conversations.mark(conversationId, [{ id: messageId, summary }]),
    }),
    close: tasks.close,
  };
}

const draftMessage = (text: string, attachments: readonly Attachment[]) =>
  ({ id: '', role: 'user', text, keep: 'auto', summary: null, cut: null, attachments }) as const;

import type { ChatSettingsPatch } from '../../../contract/chatSettings.ts';
import type { Service } from '../../../contract/define.ts';
import { InklingError } from '../../../contract/errors.ts';
import type { AppContract } from '../../../contract/index.ts';
import type { NoteScope } from '../../../contract/notes.ts';
import type { Conversations } from '../../conversations/createConversations.ts';
import type { Engine } from '../../engine/createEngine.ts';
import type { Tokenizer } from '../../engine/tokenizer.ts';
import { chooseModel } from '../../library/chooseModel.ts';
import type { Library } from '../../library/createLibrary.ts';
import type { Notes } from '../../notes/createNotes.ts';
import { findSources } from '../answerFromNotes.ts';
import { type NotesPrompt, writeNotesPrompt } from '../notesPrompt.ts';
import type { AnswerPlan, AnswerWish } from '../resolveChat.ts';
import { countParts } from './drawPlan.ts';
import { planLedger } from './planLedger.ts';
import { showLedger } from './showLedger.ts';
import type { TokenCounts } from './tokenCounts.ts';
import { type TurnMessage, toTurns } from './turns.ts';

type Chat = Service<AppContract>['chat'];

/** Shows what the model will see of a chat, and lets a person decide it. */
export function createLedgerDesk(deps: {
  conversations: Conversations;
  engine: Engine;
  library: Library;
  notes: Pick<Notes, 'find'>;
  /** What an answer would be made with; `own` are the settings of a chat that was not started yet. */
  planFor: (
    conversationId: string | null,
    wish: AnswerWish,
    own?: ChatSettingsPatch | undefined,
  ) => AnswerPlan;
  counts: (tokenizer: Tokenizer) => TokenCounts;
}): Pick<Chat, 'ledger' | 'keep'> {
  const { conversations, engine, library } = deps;

  const notesPrompt = async (
    scope: NoteScope,
    modelId: string,
    turns: readonly TurnMessage[],
    signal: AbortSignal,
  ): Promise<((question: string) => NotesPrompt) | null> => {
    const { starter = false } = (await chooseModel(library, modelId)) ?? {};
    const asked = toTurns(turns).map(({ question }) => question ?? '');
    const sources = await findSources({ scope, find: deps.notes.find, starter }, asked, signal);
    return sources.length === 0 ? null : (question) => writeNotesPrompt(sources, question, starter);
  };
  const shownBranch = async (conversationId: string | null, signal: AbortSignal) => {
    if (conversationId === null) return [];
    const { leafId } = await conversations.api.get({ id: conversationId }, { signal });
    return leafId === null ? [] : conversations.branch(leafId);
  };

  return {
    async ledger({ conversationId, draft, notes, settings }, { signal }) {
      const tokenizer = engine.tokenizer();
      if (!tokenizer) return null;
      const stored = await shownBranch(conversationId, signal);
      const branch = draft.trim() === '' ? stored : [...stored, draftMessage(draft)];
      try {
        const asks = branch.at(-1)?.role === 'user';
        const write = notes && asks ? await notesPrompt(notes, tokenizer.modelId, branch, signal) : null;
        const { systemPrompt, thinking } = deps.planFor(conversationId, {}, settings);
        const parts = await countParts(
          { systemPrompt, branch, notes: write, how: { thinking } },
          deps.counts(tokenizer),
          tokenizer.contextSize,
          signal,
        );
        return showLedger(planLedger(parts), tokenizer.modelId);
      } catch (error) {
        // The engine may have lost its model since: then there is nothing to count with.
        if (error instanceof InklingError && error.code !== 'internal') return null;
        throw error;
      }
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
  };
}

const draftMessage = (text: string) =>
  ({ id: '', role: 'user', text, keep: 'auto', summary: null, cut: null }) as const;

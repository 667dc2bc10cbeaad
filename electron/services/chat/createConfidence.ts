import type { ConfidenceEvent } from '../../contract/confidence.ts';
import type { Message } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import type { Settings } from '../../contract/settings.ts';
import type { KeepState } from '../../engine/contract.ts';
import type { Conversations } from '../conversations/createConversations.ts';
import type { Engine } from '../engine/createEngine.ts';
import { chooseModel } from '../library/chooseModel.ts';
import type { Library } from '../library/createLibrary.ts';
import { createEventBuffer } from './eventBuffer.ts';
import { countParts, settlePlan } from './ledger/drawPlan.ts';
import { createTokenCounts } from './ledger/tokenCounts.ts';
import { writeNotesPrompt } from './notesPrompt.ts';
import { resolveChat } from './resolveChat.ts';

/** Lets models read their own answers again and tell how likely they find each word. */
export function createConfidence(deps: {
  conversations: Pick<Conversations, 'branch' | 'settingsOf'>;
  engine: Engine;
  library: Library;
  settings: () => Settings;
  keepFor: (conversationId: string) => KeepState | null;
}): AppService['confidence'] {
  const { conversations, engine, library, settings, keepFor } = deps;
  const counts = createTokenCounts();

  async function read(
    { branch, answer, modelId }: Readable,
    emit: (event: ConfidenceEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const starter = (await chooseModel(library, modelId))?.starter ?? false;
    const release = await engine.takeTurn(signal, (ahead) => emit({ type: 'waiting', ahead }));
    try {
      await engine.ensureLoaded(modelId, signal, (progress) =>
        emit({ type: 'loading', modelId, ...progress }),
      );
      const tokenizer = engine.tokenizer();
      if (!tokenizer)
        throw new InklingError(
          'engine_crashed',
          'The inference engine stopped right after the load. Try again.',
        );
      const keep = keepFor(answer.conversationId);
      const thinking = { on: answer.thought !== '', budget: null };
      const how = { thinking, answerPrefix: { thought: answer.thought, text: answer.text } };
      const sources = answer.notes && answer.notes.sources.length > 0 ? answer.notes.sources : null;
      const write = (question: string) => writeNotesPrompt(sources ?? [], question, starter);
      const { systemPrompt } = resolveChat({
        wish: {},
        chat: conversations.settingsOf(answer.conversationId),
        app: settings(),
        now: new Date(),
      });
      const draft = {
        systemPrompt,
        branch,
        notes: sources && write,
        how: { thinking },
      };
      const parts = await countParts(draft, counts(tokenizer), tokenizer.contextSize, signal);
      // Nothing is written after it, so no room has to stay free.
      const plan = await settlePlan({ ...parts, room: 0 }, tokenizer, how, signal);
      for await (const event of engine.score({ messages: [...plan.messages], ...how, keep }, signal))
        emit(event);
    } finally {
      release();
    }
  }

  return {
    async *read({ conversationId, messageId }, { signal }) {
      const readable = toReadable(conversations.branch(messageId), conversationId);
      const buffer = createEventBuffer<ConfidenceEvent>();
      const stop = new AbortController();
      const reading = read(readable, buffer.push, AbortSignal.any([signal, stop.signal])).finally(buffer.end);
      reading.catch(() => {});
      try {
        yield* buffer.read();
        await reading;
      } finally {
        stop.abort();
      }
    },
  };
}

interface Readable {
  /** Up to the question. */
  readonly branch: readonly Message[];
  readonly answer: Message;
  readonly modelId: string;
}

function toReadable(branch: readonly Message[], conversationId: string): Readable {
  const answer = branch.at(-1);
  if (!answer || answer.conversationId !== conversationId || answer.role !== 'assistant')
    throw new InklingError('not_found', 'This answer is not in this chat any more.');
  if (answer.state === 'streaming')
    throw new InklingError(
      'conflict',
      'This answer is still being written. Wait for its end, then try again.',
    );
  if (answer.text === '' || !answer.model)
    throw new InklingError('bad_input', 'This answer has no words of a model, so there is nothing to show.');
  return { branch: branch.slice(0, -1), answer, modelId: answer.model.id };
}

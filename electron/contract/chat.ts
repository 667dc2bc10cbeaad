import { z } from 'zod';
import { mostAttachments } from './attachments.ts';
import { chatSettingsPatch } from './chatSettings.ts';
import { done, id } from './common.ts';
import { answerStats, endReason, madeFormat, message, messageState } from './conversations.ts';
import { method, stream } from './define.ts';
import { failure } from './errors.ts';
import { keep, ledger, summary, windowCut } from './ledger.ts';
import { answerNotes, noteScope } from './noteSources.ts';
import { answerFormat } from './presets.ts';
import { samplingPatch, thinking } from './settings.ts';
import { writingEvent } from './writing.ts';

/** What happens to one answer, in order. Text comes in pieces; nothing is sent twice. */
export const chatEvent = z.discriminatedUnion('type', [
  /** Both lines are saved; from here on nothing of them is lost. `user` is null when an old question is answered anew. */
  z.object({ type: z.literal('accepted'), user: message.nullable(), answer: message }),
  z.object({ type: z.literal('waiting'), ahead: z.int() }),
  z.object({
    type: z.literal('loading'),
    modelId: id,
    phase: z.enum(['reading', 'measuring']),
    fraction: z.number(),
  }),
  /** How the prompt fits: tokens used, the window, and how many earlier messages were left out. */
  z.object({ type: z.literal('prompt'), tokens: z.int(), contextSize: z.int(), leftOut: z.int() }),
  /** The passages that the answer may cite, before the first word of it; after the last word, with its claims. */
  z.object({ type: z.literal('notes'), notes: answerNotes }),
  /** How much of the prompt is read, and how many ms the rest will take, once that can be told. */
  z.object({
    type: z.literal('prefill'),
    done: z.int(),
    total: z.int(),
    leftMs: z.number().optional(),
  }),
  z.object({ type: z.literal('thought'), text: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  /** Saving fails (full disk, say) or works again; the text goes on meanwhile and is kept in memory. */
  z.object({ type: z.literal('saving'), problem: failure.nullable() }),
  z.object({
    type: z.literal('finished'),
    state: messageState,
    endReason: endReason.nullable(),
    stats: answerStats.nullable(),
    error: failure.nullable(),
    leftOut: z.int(),
    cut: windowCut.nullable(),
    /** For an answer that had to be JSON: how it turned out. */
    format: madeFormat.nullable().optional(),
  }),
]);
export type ChatEvent = z.infer<typeof chatEvent>;

/** 2 MB: far beyond any window; what does not fit the model's window is refused with the count. */
const text = z.string().min(1).max(2_000_000);

/** What is left out follows the chat's own settings, then its preset, then the model and Settings. */
const options = {
  modelId: id.nullable().optional(),
  sampling: samplingPatch.optional(),
  thinking: thinking.optional(),
  /** Answers from these notes, or (null) from the conversation alone. */
  notes: noteScope.nullable().optional(),
  /** The system prompt. */
  instructions: z.string().max(100_000).optional(),
  format: answerFormat.optional(),
};

export const chat = {
  /**
   * Says something and streams the answer. `parentId` null continues the shown branch; `editOf` says it beside an earlier
   * message of the person, as another version of that. Leaving the stream stops the answer.
   */
  send: stream(
    z.object({
      conversationId: id,
      parentId: id.nullable().optional(),
      editOf: id.optional(),
      text,
      /** Files that wait in a composer, or came with another message; left out, those of the message that is edited. */
      attachments: z.array(id).max(mostAttachments).optional(),
      ...options,
    }),
    chatEvent,
  ),
  /** Answers a stored user message (again): after an error, or as another try beside the first. */
  answer: stream(z.object({ conversationId: id, messageId: id, ...options }), chatEvent),
  /**
   * Goes on with an answer that ended before it was through: in the same message, or in another beside it that begins with
   * the same words, if another model is to go on or something was said after it. An answer from notes keeps its sources.
   * `accepted` has the words so far; the events bring what comes after them. With `begin`, it is another answer beside it
   * that begins with these words instead, whether the first was through or not.
   */
  continue: stream(
    z.object({ conversationId: id, messageId: id, begin: text.optional(), ...options }),
    chatEvent,
  ),
  /** Ends the thought of an answer that is being written: what the model says comes next. A no-op once it is said. */
  answerNow: method(z.object({ answerId: id }), done),
  /**
   * Reads ahead what is certain of the next prompt of a chat, or of a new one, where its model is loaded and has nothing
   * else to do; whatever is really asked ends it.
   */
  prepare: method(
    z.object({
      conversationId: id.nullable(),
      modelId: id.nullable().optional(),
      notes: noteScope.nullable().optional(),
      /** What is chosen for a chat that was not started yet. */
      settings: chatSettingsPatch.optional(),
    }),
    done,
  ),
  /**
   * What the loaded model will see of the shown branch and `draft`, by its own tokenizer, and what it will not see;
   * null while none is loaded. The prompt of the answer is built from the same ledger.
   */
  ledger: method(
    z.object({
      conversationId: id.nullable(),
      draft: z.string().max(2_000_000),
      /** Files that wait to be sent with the draft. */
      attachments: z.array(id).max(mostAttachments).optional(),
      notes: noteScope.nullable().optional(),
      /** The own settings of a chat that is not started yet. */
      settings: chatSettingsPatch.optional(),
    }),
    ledger.nullable(),
  ),
  /**
   * Tokens of attached files by the loaded model's own tokenizer, and whether one is short enough to be read whole (null
   * tokens: far too long to be counted); null while no model is loaded.
   */
  measureFiles: method(
    z.object({ ids: z.array(id).max(100) }),
    z.object({ files: z.array(z.object({ id, tokens: z.int().nullable(), whole: z.boolean() })) }).nullable(),
  ),
  /** Pins the turn of a message to the window, leaves it out, or neither. Answers with the messages that changed. */
  keep: method(
    z.object({ conversationId: id, messageId: id, keep }),
    z.object({ messages: z.array(message) }),
  ),
  /**
   * Lets the model sum up the turns from the message `from` to the message `to`. The summary is kept with `to` once it is
   * whole, and stands for those turns before the model from then on. Leaving the stream changes nothing.
   */
  summarize: stream(
    z.object({ conversationId: id, from: id, to: id, modelId: id.nullable().optional() }),
    writingEvent,
  ),
  /** Changes, removes or brings back the summary that is kept with a message. */
  setSummary: method(
    z.object({ conversationId: id, messageId: id, summary: summary.nullable() }),
    z.object({ messages: z.array(message) }),
  ),
};

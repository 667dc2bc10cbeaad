import { z } from 'zod';
import { attachment } from './attachments.ts';
import { chatSettings, chatSettingsPatch } from './chatSettings.ts';
import { id, nothing, timestamp } from './common.ts';
import { method, stream } from './define.ts';
import { failure } from './errors.ts';
import { keep, summary, windowCut } from './ledger.ts';
import { answerNotes } from './noteSources.ts';
import { longestSchema } from './presets.ts';

export const conversation = z.object({
  id,
  title: z.string(),
  createdAt: timestamp,
  updatedAt: timestamp,
  /** The message at the end of the branch that is shown; null while empty. */
  leafId: id.nullable(),
  /** Stays at the top of the list. */
  pinned: z.boolean(),
  /** Out of the list, but found by search. */
  archived: z.boolean(),
  tags: z.array(z.string()),
});
export type Conversation = z.infer<typeof conversation>;

/** What a person thought of an answer. */
export const rating = z.enum(['good', 'bad']);
export type Rating = z.infer<typeof rating>;

/** What an answer's thought took, and what ended it: the model itself, the budget, or a person who wanted the answer now. */
export const thoughtStats = z.object({
  ms: z.number(),
  tokens: z.int(),
  endedBy: z.enum(['model', 'budget', 'person']),
});
export type ThoughtStats = z.infer<typeof thoughtStats>;

/** Honest figures of one answer. Times in ms, speeds in tokens/s; null where too little was done to tell. */
export const answerStats = z.object({
  timeToFirstTokenMs: z.number().nullable(),
  promptTokens: z.int(),
  /** Of the prompt, tokens that the KV cache already held. */
  cachedTokens: z.int(),
  promptTokensPerSecond: z.number().nullable(),
  generatedTokens: z.int(),
  generationTokensPerSecond: z.number().nullable(),
  contextUsed: z.int(),
  contextSize: z.int(),
  threads: z.int(),
  /** Null for an answer without a thought. */
  thought: thoughtStats.nullable().default(null),
});
export type AnswerStats = z.infer<typeof answerStats>;

export const messageState = z.enum(['streaming', 'done', 'stopped', 'interrupted', 'failed']);

/** Why an answer ended: by itself, at the token limit, or because the window was full. */
export const endReason = z.enum(['complete', 'max_tokens', 'context_full', 'stopped']);

/** The format an answer was made for: what its schema (JSON text) was, and how it turned out; null while it is written. */
export const madeFormat = z.object({
  kind: z.literal('json'),
  schema: z.string().max(longestSchema),
  /** `unfinished`: it ended early, so it is no JSON yet; `invalid`: it is not what the schema demands. */
  verdict: z.enum(['valid', 'unfinished', 'invalid']).nullable(),
});
export type MadeFormat = z.infer<typeof madeFormat>;

export const message = z.object({
  id,
  conversationId: id,
  parentId: id.nullable(),
  role: z.enum(['user', 'assistant']),
  state: messageState,
  text: z.string(),
  /** What the model thought before it answered; empty for most. */
  thought: z.string(),
  createdAt: timestamp,
  model: z.object({ id, name: z.string() }).nullable(),
  stats: answerStats.nullable(),
  endReason: endReason.nullable(),
  error: failure.nullable(),
  /** Messages that did not fit the window when this answer was made; 0 for all others. */
  leftOut: z.int(),
  /** Of an answer: where the window was cut for it; null where it was not. */
  cut: windowCut.nullable(),
  /** For an answer from notes: what it was made of; null for all others. */
  notes: answerNotes.nullable(),
  /** For an answer that had to be JSON; null for all others. */
  format: madeFormat.nullable(),
  rating: rating.nullable(),
  /** Whether a person pinned it to the window, or left it out. */
  keep,
  /** What the model reads in place of the turns that end here; null where it reads those. */
  summary: summary.nullable(),
  /** Files that came with what a person said. */
  attachments: z.array(attachment),
  /** The stored bytes do not match their checksum: the text is shown as it is, marked. */
  damaged: z.boolean(),
  /** Place among the messages with the same parent, from 0, and how many they are. */
  siblingIndex: z.int(),
  siblingCount: z.int(),
});
export type Message = z.infer<typeof message>;

export const conversationPage = z.object({ conversations: z.array(conversation), total: z.int() });
export const messagePage = z.object({ messages: z.array(message), hasEarlier: z.boolean() });

export const searchHit = z.object({
  conversation,
  messageId: id.nullable(),
  /** The words around the hit; matches lie between U+0002 and U+0003. */
  snippet: z.string(),
});
export type SearchHit = z.infer<typeof searchHit>;

/** What a search is narrowed to; what is left out narrows nothing. */
export const searchFilters = z
  .object({
    role: message.shape.role,
    /** Part of the name of the model that answered. */
    model: z.string().min(1).max(200),
    has: z.array(z.enum(['notes', 'thought', 'code'])).max(3),
    rating,
    pinned: z.boolean(),
    archived: z.boolean(),
    tag: z.string().min(1).max(50),
    /** Written at or after; before. */
    after: timestamp,
    before: timestamp,
  })
  .partial();
export type SearchFilters = z.infer<typeof searchFilters>;

const title = z.string().trim().min(1).max(200);
/** A tag is words without the signs that search and lists use. */
export const tag = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .regex(/^[^\p{Cc},"]+$/u, 'A tag has no commas and no quotation marks.')
  .transform((text) => text.replace(/\s+/g, ' ').normalize('NFC'));

const chatSettingsState = z.object({ settings: chatSettings, unreadable: z.boolean() });

export const conversations = {
  /** `firstWords`: the beginning of what will be said in it; it is named by them until it gets a better name. */
  create: method(
    z
      .object({
        title: title.optional(),
        firstWords: z.string().max(1000).optional(),
        settings: chatSettingsPatch.optional(),
      })
      .optional(),
    conversation,
  ),
  /** Newest first. */
  list: method(
    z.object({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(20_000).default(200) }),
    conversationPage,
  ),
  get: method(z.object({ id }), conversation),
  rename: method(z.object({ id, title }), conversation),
  /** What the chat does in its own way. `unreadable`: what was stored is damaged, so it follows Settings. */
  settings: method(z.object({ id }), chatSettingsState),
  /** Changes some of them; they hold from the next message on. */
  setSettings: method(z.object({ id, patch: chatSettingsPatch }), chatSettingsState),
  /** Hides it at once; `restore` undoes that for at least 10 s and until the app ends at most; then every trace goes. */
  remove: method(z.object({ id }), z.object({ undoUntil: timestamp })),
  restore: method(z.object({ id }), conversation),
  /** The branch that ends at `before`'s parent (else at the conversation's leaf), oldest first, the last `limit` of it; fewer where they are huge. */
  messages: method(
    z.object({ id, before: id.nullable().default(null), limit: z.int().min(1).max(2000).default(60) }),
    messagePage,
  ),
  /** Shows another branch: the newest one through this message, or through its sibling `step` places further on. */
  select: method(
    z.object({ id, messageId: id, step: z.int().min(-10_000).max(10_000).default(0) }),
    conversation,
  ),
  /**
   * Hides a message with all below it at once, as `remove` does a chat; where it was shown, what lies beside or above it
   * is. `restoreMessage` undoes that for at least 10 s and until the app ends at most; then every trace goes.
   */
  removeMessage: method(z.object({ id, messageId: id }), z.object({ undoUntil: timestamp, conversation })),
  restoreMessage: method(z.object({ id, messageId: id }), conversation),
  /** Starts a new chat with a copy of the branch up to this message. */
  fork: method(z.object({ id, messageId: id }), conversation),
  /** Pins, archives and tags a chat; what is left out stays. `tags` takes the place of all before; a repeated one counts once. */
  mark: method(
    z.object({
      id,
      pinned: z.boolean().optional(),
      archived: z.boolean().optional(),
      tags: z.array(tag).max(20).optional(),
    }),
    conversation,
  ),
  /** What the person thinks of an answer; null takes it back. Fails with `conflict` while the answer is written. */
  rate: method(z.object({ id, messageId: id, rating: rating.nullable() }), message),
  /** Titles before texts, newest first. Without words, what the filters leave: messages if one is about them, else chats. */
  search: method(
    z.object({
      query: z.string().max(500),
      filters: searchFilters.default({}),
      limit: z.int().min(1).max(200).default(30),
    }),
    z.object({ hits: z.array(searchHit) }),
  ),
  /** Tells which conversation changed, from any window; `removed` when it is gone. */
  watch: stream(
    nothing,
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('changed'), conversation }),
      z.object({ type: z.literal('removed'), id }),
      /** Its own settings changed. */
      z.object({ type: z.literal('settings'), id }),
      /** What is known of the statements of an answer changed. */
      z.object({ type: z.literal('judged'), id }),
      /** Too much changed to tell one by one, for example after a restored backup. */
      z.object({ type: z.literal('reset') }),
    ]),
  ),
};

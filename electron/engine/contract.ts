import { z } from 'zod';
import { longestGrammar } from '../base/jsonSchema/grammar.ts';
import { id, path } from '../contract/common.ts';
import { scoredToken } from '../contract/confidence.ts';
import { answerStats, endReason } from '../contract/conversations.ts';
import { method, stream } from '../contract/define.ts';
import { hardware, loadedModel } from '../contract/engine.ts';
import { cacheType } from '../contract/load.ts';
import { freeThinking, sampling, thinking } from '../contract/settings.ts';

const nothing = z.null().optional();

/** One turn of the prompt. */
export const promptMessage = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  text: z.string(),
});
export type PromptMessage = z.infer<typeof promptMessage>;

const promptMessages = z.array(promptMessage);

/** A LoRA adapter at work: its file, and how strongly (1 as its makers meant it). */
export const adapterFile = z.object({ path: z.string(), scale: z.number() });
export type AdapterFile = z.infer<typeof adapterFile>;

export const loadInput = z.object({
  path: z.string(),
  /** Tokens; the engine lowers it to what the model was trained for. */
  contextSize: z.int().min(64),
  /** Given: use it. Null: measure the sensible counts and keep the best. */
  threads: z.int().min(1).nullable(),
  /** Where `threads` comes from, told back in {@link loadedModel}. */
  threadsBy: z.enum(['remembered', 'chosen']).nullable(),
  gpuLayers: z.union([z.literal('auto'), z.int().min(0)]).default('auto'),
  flashAttention: z.enum(['auto', 'on', 'off']).default('auto'),
  cacheType: cacheType.default('f16'),
  mmap: z.boolean().default(true),
  adapters: z.array(adapterFile).default([]),
});
export type LoadInput = z.infer<typeof loadInput>;

export const loadEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), phase: z.enum(['reading', 'measuring']), fraction: z.number() }),
  z.object({ type: z.literal('ready'), loaded: loadedModel }),
]);
export type LoadEvent = z.infer<typeof loadEvent>;

/** How an answer begins that the model is to go on with; a thought without a text is still open. */
export const answerPrefix = z.object({ thought: z.string(), text: z.string() });
export type AnswerPrefix = z.infer<typeof answerPrefix>;
export const noPrefix: AnswerPrefix = { thought: '', text: '' };

/** Whose evaluated state this is to be, and where such states are kept, so that a chat is not read twice. */
export const keepState = z.object({
  chat: id,
  folder: path,
  /** Bytes that all kept states together may take. */
  budget: z.number().min(0),
  /** Bytes of the disk that are left free for everything else. */
  spare: z.number().min(0),
});
export type KeepState = z.infer<typeof keepState>;

/** Everything that the model reads before its first own token. */
const promptInput = z.object({
  messages: promptMessages,
  thinking: thinking.default(freeThinking),
  /** Not streamed back. */
  answerPrefix: answerPrefix.default(noPrefix),
});
export type PromptInput = z.infer<typeof promptInput>;
/** A prompt as callers write it: only its messages have to be there. */
export type PromptWish = z.input<typeof promptInput>;

export const generateInput = promptInput.extend({
  sampling: sampling,
  /** What the answer has to be, in GBNF, from its first token after a thought on; null lets it be anything. */
  grammar: z.string().min(1).max(longestGrammar).nullable().default(null),
  stop: z.array(z.string().min(1)).default([]),
  /** Lets several tokens that the text before suggests be checked at once; the answer is drawn as without. */
  lookup: z.boolean().default(true),
  /** As if `answerNow` had been called already. */
  hurried: z.boolean().default(false),
  /** Without it nothing is kept: for what is said once and never again. */
  keep: keepState.nullish(),
});
export type GenerateInput = z.infer<typeof generateInput>;
/** The same, as callers write it. */
export type GenerateWish = z.input<typeof generateInput>;

/** A prompt that is read for other reasons than to be answered. */
export const readInput = promptInput.extend({ keep: keepState.nullish() });
export type ReadInput = z.infer<typeof readInput>;
/** The same, as callers write it. */
export type ReadWish = z.input<typeof readInput>;

export const generateEvent = z.discriminatedUnion('type', [
  /** How much of the prompt is read, and how many ms the rest will take, once that can be told. */
  z.object({
    type: z.literal('prefill'),
    done: z.int(),
    total: z.int(),
    leftMs: z.number().optional(),
  }),
  z.object({ type: z.literal('thought'), text: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('finished'), endReason, stats: answerStats }),
]);
export type GenerateEvent = z.infer<typeof generateEvent>;

export const scoreEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prefill'), done: z.int(), total: z.int() }),
  z.object({ type: z.literal('scored'), tokens: z.array(scoredToken) }),
]);
export type ScoreEvent = z.infer<typeof scoreEvent>;

/** What the inference process answers. A scripted engine for tests speaks the same table. */
export const engineContract = {
  engine: {
    /** The heartbeat, too. */
    ping: method(nothing, z.object({ pid: z.int() })),
    /** Loads llama.cpp, with a GPU where there is one unless `gpu` says no; the first call decides for this process. */
    hardware: method(z.object({ gpu: z.boolean() }), hardware),
    /**
     * Loads a model in place of the one before. Ends after `ready`; a cancel frees what was read. A failure says in its
     * details, as `cause`, what made it fail.
     */
    load: stream(loadInput, loadEvent),
    unload: method(nothing, z.null()),
    measure: method(nothing, loadedModel),
    /** Puts exactly these adapters to work on the loaded model; on failure those before stay. */
    adapt: method(z.object({ adapters: z.array(adapterFile) }), loadedModel),
    /** Tokens of the whole prompt as the template writes it. */
    count: method(promptInput, z.object({ tokens: z.int(), contextSize: z.int() })),
    /** Tokens of each text by itself, without a template. */
    countEach: method(
      z.object({ texts: z.array(z.string()).max(1000) }),
      z.object({ tokens: z.array(z.int()) }),
    ),
    /** Fails with `context_overflow` (details `tokens`, `contextSize`) instead of cutting; `busy` while another runs. */
    generate: stream(generateInput, generateEvent),
    /** Tells how likely the model finds the text of `answerPrefix`, token by token. `busy` while another runs. */
    score: stream(readInput, scoreEvent),
    /** Lets no thought of the running `generate` go on: its end is put in the model's mouth. A no-op while none runs. */
    answerNow: method(nothing, z.null()),
    /**
     * Reads ahead what is certain of the next prompt: `messages` before a next one of the user. Any other call ends it;
     * `ready` tells how many of the `tokens` are read by then. At once 0 while the engine is busy.
     */
    prepare: method(readInput, z.object({ tokens: z.int(), ready: z.int() })),
    /** Lets nothing that was read of these chats be written any more; what is in memory goes once nobody works with it. */
    forget: method(z.object({ chats: z.array(id) }), z.null()),
    /** Writes what is not kept yet, before the process ends. */
    settle: method(nothing, z.null()),
    /** Loads an embedding model, in a process of its own: one that chats never does this. `dimensions` of its vectors. */
    openEmbedder: method(z.object({ path: z.string() }), z.object({ dimensions: z.int() })),
    /** Vectors of length 1, one for each text: base64 of float32, little endian. */
    embed: method(
      z.object({ texts: z.array(z.string()).min(1).max(256) }),
      z.object({ vectors: z.array(z.string()) }),
    ),
    /** Ends the running `generate` with `finished` (`stopped`, honest stats) and answers once the engine is free; a no-op while none runs. */
    stop: method(nothing, z.null()),
  },
};
export type EngineContract = typeof engineContract;

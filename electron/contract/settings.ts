import { z } from 'zod';
import { id, nothing, path } from './common.ts';
import { method, stream } from './define.ts';
import { loadSettings } from './load.ts';

const samplingBounds = {
  temperature: z.number().min(0).max(5),
  topK: z.int().min(0).max(1000),
  topP: z.number().min(0).max(1),
  minP: z.number().min(0).max(1),
  repeatPenalty: z.number().min(0.5).max(2),
  /** Taken off a token that was written lately: once, and for each time. */
  presencePenalty: z.number().min(0).max(2),
  frequencyPenalty: z.number().min(0).max(2),
  /** The most tokens an answer may have; null leaves it to the context window. */
  maxTokens: z.int().min(1).max(1_000_000).nullable(),
  seed: z.int().min(0).max(0xffffffff).nullable(),
};

/** How the next token is picked; defaults suit small instruction models. Seed null means a new one each time. */
export const sampling = z.object({
  temperature: samplingBounds.temperature.default(0.7),
  topK: samplingBounds.topK.default(40),
  topP: samplingBounds.topP.default(0.95),
  minP: samplingBounds.minP.default(0.05),
  repeatPenalty: samplingBounds.repeatPenalty.default(1.05),
  presencePenalty: samplingBounds.presencePenalty.default(0),
  frequencyPenalty: samplingBounds.frequencyPenalty.default(0),
  maxTokens: samplingBounds.maxTokens.default(null),
  seed: samplingBounds.seed.default(null),
});
export type Sampling = z.infer<typeof sampling>;

/** Some of the sampling settings. Made from the bounds: `sampling.partial()` would fill in every default. */
export const samplingPatch = z.object(samplingBounds).partial();

/** Whether a model that can think before it answers does so, and for how long. */
export const thinking = z.object({
  /** False asks a model that can do without to answer at once. */
  on: z.boolean(),
  /** The most tokens of a thought; null leaves it to the model. */
  budget: z.int().min(1).max(1_000_000).nullable(),
});
export type Thinking = z.infer<typeof thinking>;
export const freeThinking: Thinking = { on: true, budget: null };

export const theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof theme>;

const unloadAfter = z.union([z.literal(5), z.literal(15), z.literal(60)]).nullable();

const statesBudget = z.number().min(0).max(1e12);

const noteFolders = z.array(z.object({ id, path })).max(100);

/** All settings, each with its default; an unreadable one falls back alone and is reported. */
export const settingsSchema = z.object({
  theme: theme.default('system'),
  sidebarOpen: z.boolean().default(true),
  /** The model a new chat uses; null until one was chosen. */
  modelId: z.string().max(64).nullable().default(null),
  systemPrompt: z.string().max(100_000).default(''),
  sampling: sampling.prefault({}),
  thinking: thinking.default(freeThinking),
  /** Context window to ask for, in tokens; null takes what the model was trained for, at most 8192. */
  contextSize: z.int().min(64).max(1_048_576).nullable().default(null),
  /** How single models are loaded, by id; a model that is not named has the defaults. */
  load: z.record(z.string(), loadSettings).default({}),
  /** Minutes without a prompt after which the model is unloaded; null never does. */
  unloadAfter: unloadAfter.default(15),
  /** Gives new chats better names than their first words, by the model, while nobody needs it. */
  nameChats: z.boolean().default(true),
  /** Bytes that what is kept of chats a model has read may take together; 0 keeps nothing. */
  statesBudget: statesBudget.default(2e9),
  /** Folders of notes, in the order they were added. */
  noteFolders: noteFolders.default([]),
  /** The model that computes vectors of notes; null searches by words alone. */
  embeddingModelId: z.string().max(64).nullable().default(null),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Any subset; what is left out stays as it is (no defaults are filled in). */
export const settingsPatch = z
  .object({
    theme: theme,
    sidebarOpen: z.boolean(),
    modelId: z.string().max(64).nullable(),
    systemPrompt: z.string().max(100_000),
    sampling: samplingPatch,
    thinking,
    contextSize: z.int().min(64).max(1_048_576).nullable(),
    load: z.record(z.string(), loadSettings),
    unloadAfter,
    nameChats: z.boolean(),
    statesBudget,
    noteFolders,
    embeddingModelId: z.string().max(64).nullable(),
  })
  .partial();

export const settings = {
  get: method(nothing, settingsSchema),
  set: method(settingsPatch, settingsSchema),
  /** Now and after each change, from any window. */
  watch: stream(nothing, settingsSchema),
};

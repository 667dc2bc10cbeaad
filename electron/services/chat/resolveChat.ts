import { fillVariables, knownVariables } from '../../base/variables.ts';
import type { ChatSettings } from '../../contract/chatSettings.ts';
import type { NoteScope } from '../../contract/noteSources.ts';
import type { AnswerFormat } from '../../contract/presets.ts';
import type { Sampling, Settings, Thinking } from '../../contract/settings.ts';
import { formatPrompt } from './structured.ts';

/** What was asked for with one message; what is left out follows. */
export interface AnswerWish {
  readonly modelId?: string | null | undefined;
  readonly instructions?: string | undefined;
  readonly sampling?: Partial<Sampling> | undefined;
  readonly thinking?: Thinking | undefined;
  readonly notes?: NoteScope | null | undefined;
  readonly format?: AnswerFormat | undefined;
}

/** What an answer is made with. */
export interface AnswerPlan {
  /** Null where nobody chose one. */
  readonly modelId: string | null;
  readonly systemPrompt: string;
  readonly thinking: Thinking;
  readonly notes: NoteScope | null;
  readonly format: AnswerFormat;
  /** The sampling, once it is known what is recommended for the model that answers. */
  sampling(recommended: Partial<Sampling>): Sampling;
}

const allNotes: NoteScope = { folders: [], tags: [], notes: [] };

/**
 * Who has the say, in this order: the message, the chat, its preset, the model's makers, Settings. Pure.
 * A value that is null or missing leaves it to the next.
 */
export function resolveChat(layers: {
  readonly wish: AnswerWish;
  readonly chat: ChatSettings;
  readonly app: Pick<Settings, 'modelId' | 'systemPrompt' | 'sampling' | 'thinking'>;
  readonly now: Date;
}): AnswerPlan {
  const { wish, chat, app, now } = layers;
  const { preset } = chat;
  const values = { ...knownVariables(now), ...preset?.variables, ...chat.variables };
  const presetPrompt = preset && preset.instructions.trim() !== '' ? preset.instructions : null;
  const instructions = wish.instructions ?? chat.instructions ?? presetPrompt ?? app.systemPrompt;
  const format = wish.format ?? chat.format ?? preset?.format ?? { kind: 'text' };
  return {
    modelId: wish.modelId ?? chat.modelId ?? preset?.modelId ?? app.modelId,
    systemPrompt: [fillVariables(instructions, values), formatPrompt(format)]
      .filter((part) => part.trim() !== '')
      .join('\n\n'),
    thinking: wish.thinking ?? chat.thinking ?? app.thinking,
    notes: notesOf(wish, chat),
    format,
    sampling: (recommended) => ({
      ...app.sampling,
      ...given(recommended),
      ...given(preset?.sampling),
      ...given(chat.sampling),
      ...given(wish.sampling),
    }),
  };
}

function notesOf(wish: AnswerWish, chat: ChatSettings): NoteScope | null {
  if (wish.notes !== undefined) return wish.notes;
  if (chat.notes !== 'follow') return chat.notes;
  return chat.preset?.notes ? allNotes : null;
}

/** Without keys that stand for nothing: they would hide the value below. */
const given = (sampling: Partial<Sampling> | undefined): Partial<Sampling> =>
  Object.fromEntries(Object.entries(sampling ?? {}).filter(([, value]) => value !== undefined));

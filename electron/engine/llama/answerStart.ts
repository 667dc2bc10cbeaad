import type { LlamaTextJSON } from 'node-llama-cpp';
import type { AnswerPrefix } from '../contract.ts';
import type { TemplateInfo } from './templateMessages.ts';

/** What stands after the rendered prompt and before the model's first own token. */
export interface AnswerStart {
  /** All of it but the text. */
  readonly values: readonly LlamaTextJSON[];
  /** What the answer says already, after those. */
  readonly text: string;
  /** What the model writes next belongs to a thought. */
  readonly inThought: boolean;
}

/** Writes the beginning of an answer as the template marks it. A `quiet` prompt holds its closed thought already. */
export function startOfAnswer(info: TemplateInfo, quiet: boolean, prefix: AnswerPrefix): AnswerStart {
  const { thought, text } = prefix;
  const opened = info.openWith ?? '';
  const end = info.thoughtEnd ?? '';
  if (quiet) return { values: [], text, inThought: false };
  if (thought !== '' && info.thinks) {
    const values = [info.startsInThought ? opened : (info.thoughtStart ?? ''), thought];
    return text === ''
      ? { values, text, inThought: true }
      : { values: [...values, end], text, inThought: false };
  }
  if (text === '') return { values: [opened], text, inThought: info.startsInThought };
  return { values: info.startsInThought ? [opened, end] : [], text, inThought: false };
}

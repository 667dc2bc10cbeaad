import type { LlamaTextJSON } from 'node-llama-cpp';
import type { PromptMessage } from '../contract.ts';

/** What the template thread must know of a model to find its template. */
export interface TemplateSource {
  readonly fileName: string;
  readonly bosString: string | null;
  readonly architecture: string | null;
  readonly metadata: unknown;
  readonly chatTemplate: string | null;
  /** The vocabulary has ChatML's turn markers: the best guess where there is no template. */
  readonly knowsChatMl: boolean;
  /** The vocabulary has tokens of its own that begin and end a thought. */
  readonly knowsThink: boolean;
  /** Leave the model's own template alone (it failed before) and say why. */
  readonly ignoreTemplate: string | null;
}

/** How prompts are written and answers are read, as far as it does not change with the messages. */
export interface TemplateInfo {
  readonly source: 'model' | 'known' | 'fallback';
  readonly name: string;
  readonly note: string | null;
  /** The template says that the model thinks before it answers. */
  readonly thinks: boolean;
  /** The template can write a prompt after which the model does not think. */
  readonly canBeQuiet: boolean;
  readonly opens: readonly string[];
  readonly closes: readonly string[];
  readonly hidden: readonly string[];
  /** Text that begins a thought; null where that is not known. */
  readonly thoughtStart: LlamaTextJSON | null;
  /** Text that ends a thought, up to the first word of the answer; null where that is not known. */
  readonly thoughtEnd: LlamaTextJSON | null;
  /** Text to add to the prompt so that the model begins with a thought. */
  readonly openWith: LlamaTextJSON | null;
  /** The prompt of the template ends within a thought. */
  readonly startsInThought: boolean;
}

export interface RenderedPrompt {
  readonly text: LlamaTextJSON;
  readonly stops: readonly LlamaTextJSON[];
}

export type TemplateRequest =
  | { readonly id: number; readonly type: 'warm' }
  | { readonly id: number; readonly type: 'resolve'; readonly source: TemplateSource }
  | {
      readonly id: number;
      readonly type: 'render';
      readonly messages: readonly PromptMessage[];
      readonly quiet: boolean;
    };
export type TemplateReply =
  | { readonly id: number; readonly value: TemplateInfo | RenderedPrompt | null }
  | { readonly id: number; readonly error: string };

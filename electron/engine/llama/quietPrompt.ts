import type { ChatHistoryItem, ChatWrapper, LlamaText } from 'node-llama-cpp';
import type { Library } from './library.ts';

/** Writes the prompt of a chat that ends with a question, so that the model answers without thinking. */
export type QuietPrompt = (history: readonly ChatHistoryItem[]) => LlamaText;

/**
 * How a model is asked not to think: by its template's own switch, or as a known format does it. Null where there is no
 * way: a template that ignores the switch writes the same prompt with and without it.
 */
export function quietPrompt(
  library: Library,
  wrapper: ChatWrapper,
  template: string | null,
): QuietPrompt | null {
  if (template === null) {
    if (!(wrapper instanceof library.Gemma4ChatWrapper)) return null;
    const quiet = new library.Gemma4ChatWrapper({ reasoning: false });
    return (history) =>
      quiet.generateContextState({ chatHistory: [...history, { type: 'model', response: [''] }] })
        .contextText;
  }
  if (!template.includes('enable_thinking')) return null;
  const write = (reasoning: boolean): QuietPrompt => {
    const format = new library.JinjaTemplateChatWrapper({
      template,
      reasoning,
      functionCallMessageTemplate: 'noJinja',
      additionalRenderParameters: { add_generation_prompt: true },
    });
    return (history) => format.generateContextState({ chatHistory: [...history] }).contextText;
  };
  const probe = [{ type: 'user', text: 'Hello' }] as const;
  const quiet = write(false);
  return String(quiet(probe)) === String(write(true)(probe)) ? null : quiet;
}

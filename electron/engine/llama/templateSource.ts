import type { LlamaModel } from 'node-llama-cpp';
import type { TemplateSource } from './templateMessages.ts';

/** What a model's file says about how its prompts are written. */
export function templateSource(model: LlamaModel): TemplateSource {
  const { general, tokenizer } = model.fileInfo.metadata;
  const own = tokenizer?.chat_template;
  const isToken = (text: string) => model.tokenize(text, true, 'trimLeadingSpace').length === 1;
  const template = typeof own === 'string' && own.trim() !== '' ? own : null;
  return {
    fileName: model.filename ?? '',
    bosString: model.tokens.bosString,
    architecture: general?.architecture ?? null,
    metadata: { general: plainCopy(general) },
    chatTemplate: template,
    knowsChatMl: isToken('<|im_start|>'),
    knowsThink: isToken('<think>') && isToken('</think>'),
    ignoreTemplate: null,
  };
}

/** Only what can cross to another thread. */
function plainCopy(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? {}, (_, item) => (typeof item === 'bigint' ? Number(item) : item)),
  );
}

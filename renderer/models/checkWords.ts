import type { ModelCheck, OtherApp } from '../../electron/contract/library.ts';
import { formatDay } from '../ui/format.ts';

/** What people call the apps whose models can be used. */
export const appNames: Readonly<Record<OtherApp, string>> = {
  lmStudio: 'LM Studio',
  ollama: 'Ollama',
  huggingFace: 'Hugging Face cache',
  jan: 'Jan',
  gpt4all: 'GPT4All',
  llamaCpp: 'llama.cpp',
};

/** A check in one sentence, and its tone; it claims no more than was compared. */
export function checkWords({ at, result, against }: ModelCheck): {
  readonly text: string;
  readonly tone: 'ok' | 'bad';
} {
  const day = formatDay(at);
  if (result === 'noted')
    return {
      tone: 'ok',
      text: `Checked on ${day}: its structure is whole. Nobody published a hash to compare with, so its own was noted for the next time.`,
    };
  if (result === 'verified')
    return {
      tone: 'ok',
      text:
        against === 'hub'
          ? `Verified on ${day}: every byte is as the hub published it.`
          : against === 'app'
            ? `Verified on ${day}: every byte fits the hash that the other app keeps it by.`
            : `Checked on ${day}: not one byte changed since the check before.`,
    };
  return {
    tone: 'bad',
    text:
      against === 'earlier'
        ? `It changed between two checks, found on ${day}. If you did not replace the file yourself, get it again.`
        : `Damaged or changed, found on ${day}: its bytes are not those that ${against === 'hub' ? 'the hub published' : 'the other app fetched'}. Get it again.`,
  };
}

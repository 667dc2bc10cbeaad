import { hash } from 'node:crypto';
import type { PromptMessage } from '../../../engine/contract.ts';
import type { PromptHow, Tokenizer } from '../../engine/tokenizer.ts';

/** Tokens that a model's chat format puts around texts. */
export interface ChatFormat {
  /** Around a prompt with one message of the person: beginning, end, and the opening of the answer. */
  readonly base: number;
  /** Around instructions. */
  readonly system: number;
  /** Around a question and its answer. */
  readonly turn: number;
}

/** Counts texts as one model does, each text once. */
export interface TokenCounts {
  texts(texts: readonly string[], signal: AbortSignal): Promise<number[]>;
  format(how: PromptHow, signal: AbortSignal): Promise<ChatFormat>;
}

/** Texts that are remembered; a long chat has some thousand. */
const mostTexts = 50_000;
const probe = { system: 'Be kind.', user: 'How are you?', assistant: 'Fine, thanks.' } as const;

/** Remembers the counts of the model that was asked last, so that typing does not count a whole chat again. */
export function createTokenCounts(): (tokenizer: Tokenizer) => TokenCounts {
  let modelId = '';
  let known = new Map<string, number>();
  let formats = new Map<string, ChatFormat>();

  return (tokenizer) => {
    if (tokenizer.modelId !== modelId) {
      modelId = tokenizer.modelId;
      known = new Map();
      formats = new Map();
    }
    const mine = known;
    const myFormats = formats;
    const texts: TokenCounts['texts'] = async (asked, signal) => {
      const keys = asked.map(keyOf);
      const missing = new Map<string, string>();
      for (const [index, text] of asked.entries()) {
        const key = keys[index] ?? '';
        if (text !== '' && !mine.has(key)) missing.set(key, text);
      }
      const fresh = await tokenizer.countEach([...missing.values()], signal);
      const found = new Map([...missing.keys()].map((key, index) => [key, fresh[index] ?? 0]));
      const counts = keys.map((key) => mine.get(key) ?? found.get(key) ?? 0);
      if (mine.size + found.size > mostTexts) mine.clear();
      for (const [key, count] of found) mine.set(key, count);
      return counts;
    };
    return {
      texts,
      async format(how, signal) {
        const key = JSON.stringify(how);
        const told = myFormats.get(key) ?? (await readFormat(tokenizer, how, texts, signal));
        myFormats.set(key, told);
        return told;
      },
    };
  };
}

// A short text is its own key; of a long one its hash is kept, not the text.
const keyOf = (text: string): string => (text.length < 64 ? text : hash('sha256', text, 'base64'));

/** Reads from the differences of small prompts what a chat format adds. */
async function readFormat(
  tokenizer: Tokenizer,
  how: PromptHow,
  texts: TokenCounts['texts'],
  signal: AbortSignal,
): Promise<ChatFormat> {
  const [system = 0, user = 0, assistant = 0] = await texts(
    [probe.system, probe.user, probe.assistant],
    signal,
  );
  const say = (...roles: (keyof typeof probe)[]): Promise<number> =>
    tokenizer.count(
      roles.map((role): PromptMessage => ({ role, text: probe[role] })),
      how,
      signal,
    );
  const one = await say('user');
  const two = await say('user', 'assistant', 'user');
  const instructed = await say('system', 'user');
  return {
    base: one - user,
    system: instructed - one - system,
    turn: two - one - user - assistant,
  };
}

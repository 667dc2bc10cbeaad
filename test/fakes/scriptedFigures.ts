import type { PromptInput } from '../../electron/engine/contract.ts';

/** Words with a digit are unlikely, all others likely; each has two others, and the last could have been the end. */
export async function* score({ answerPrefix }: PromptInput) {
  const words = answerPrefix.text.match(/\s*\S+|\s+$/g) ?? [];
  yield { type: 'prefill' as const, done: 1, total: words.length + 1 };
  const tokens = words.map((text, at) => ({
    text,
    probability: /\d/.test(text) ? 0.08 : 0.9,
    others: [
      { text: ' other', probability: 0.05 },
      { text: at === words.length - 1 ? '' : ' choice', probability: 0.02 },
    ],
  }));
  yield { type: 'scored' as const, tokens };
}

/** Of a scripted vector. */
export const dimensions = 64;

/** Texts with the same words have the same vector, whatever their order. */
export function vectorOf(text: string): string {
  const vector = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 7;
    for (const char of word) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
    vector[hash % dimensions] = (vector[hash % dimensions] ?? 0) + 1;
  }
  const norm = Math.hypot(...vector) || 1;
  return Buffer.from(vector.map((value) => value / norm).buffer).toString('base64');
}

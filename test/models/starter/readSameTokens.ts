import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const fixture = z.array(
  z.object({
    messages: z.array(z.object({ role: z.enum(['system', 'user']), text: z.string() })),
    prompt: z.array(z.int()),
    next: z.array(z.int()),
  }),
);

/** Prompts, their tokens, and the tokens with which the trainer's own model goes on. */
export async function readSameTokens(): Promise<z.infer<typeof fixture>> {
  const file = new URL('../../../models/starter/sameTokens.json', import.meta.url);
  return fixture.parse(JSON.parse(await readFile(file, 'utf8')));
}

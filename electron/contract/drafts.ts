import { z } from 'zod';
import { done, id } from './common.ts';
import { method } from './define.ts';

/** A chat; null is the one that is not started yet. */
const chat = id.nullable();

/** What was typed and not sent. */
export const drafts = {
  get: method(z.object({ chat }), z.object({ text: z.string() })),
  /** Keeps it over reloads and restarts; an empty one is forgotten. Fails with `not_found` for a chat that is not there. */
  set: method(z.object({ chat, text: z.string().max(2_000_000) }), done),
};

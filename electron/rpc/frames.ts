import { z } from 'zod';
import { failure } from '../contract/errors.ts';

const id = z.union([z.int().nonnegative(), z.string().min(1).max(64)]);

/**
 * Frames from the caller. `window` on a call and `ack` are our addition to the wire of the design: a caller that
 * names a window gets at most that many events it has not acknowledged, so a slow reader bounds the host's memory
 * on every transport. A caller that names none is paced by its transport alone.
 */
export const clientFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id,
    path: z.string().max(200),
    // JSON drops `undefined`, so a missing input is one.
    input: z.unknown().optional(),
    window: z.int().positive().max(65_536).optional(),
  }),
  z.object({ type: z.literal('cancel'), id }),
  z.object({ type: z.literal('ack'), id, count: z.int().positive() }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

/** Frames from the host. */
export const serverFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), id, data: z.unknown().optional() }),
  z.object({ type: z.literal('end'), id, data: z.unknown().optional() }),
  z.object({ type: z.literal('error'), id: id.nullable(), error: failure }),
]);
export type ServerFrame = z.infer<typeof serverFrame>;
export type CallId = z.infer<typeof id>;

/** Finds the id in a frame that failed to parse, so that its caller can be told; null if there is none. */
export function idOf(frame: unknown): CallId | null {
  const found = id.safeParse((frame as { id?: unknown } | null)?.id);
  return found.success ? found.data : null;
}

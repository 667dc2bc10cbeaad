import { z } from 'zod';

/** Ids are made by us: 1 to 64 letters, digits, `_` and `-`. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id');
/** Milliseconds since 1970. */
export const timestamp = z.number();
/** An absolute path on the machine Inkling runs on. */
export const path = z.string().min(1).max(4096);
export const nothing = z.null().or(z.undefined()).or(z.strictObject({})).optional();
/** The answer of a method that has nothing to say. */
export const done = z.null();

import { randomBytes } from 'node:crypto';

/** A new id: 96 random bits in 16 letters that are safe in an address. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}

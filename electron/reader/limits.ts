import { InklingError } from '../contract/errors.ts';

/** What one file may come to at most. */
export const limits = {
  /** Characters of text: some 2,000 pages. */
  characters: 5_000_000,
  pages: 5_000,
  /** Bytes that the parts of a packed document may unpack to. */
  unpacked: 128_000_000,
} as const;

/** Why a file is not read, in words for a person; it ends with what to do. */
export const refused = (message: string) => new InklingError('bad_input', message);

/** Refuses a text that is longer than {@link limits} allow; nothing is cut silently. */
export function checkLength(characters: number): void {
  if (characters > limits.characters)
    throw refused(
      'It holds more than 5 million characters, which is more than any model here can use. Attach a part of it.',
    );
}

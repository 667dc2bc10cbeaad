import { chunkLines } from '../markdown/chunkLines.ts';

/** A stretch of a file that is rendered as one; `page` where one begins with it. */
export interface FilePiece {
  readonly at: number;
  readonly text: string;
  readonly page: number | null;
}

/** Cuts the text of a file into stretches, each page by itself, so that only what is in sight is rendered. */
export function piecesOf(text: string, pages: readonly number[] | null): readonly FilePiece[] {
  if (!pages) return chunkLines(text).map(({ at, text: own }) => ({ at, text: own, page: null }));
  return pages.flatMap((start, index) => {
    const own = text.slice(start, pages[index + 1] ?? text.length).trimEnd();
    const chunks = own === '' ? [{ at: 0, text: '' }] : chunkLines(own);
    return chunks.map(({ at, text: chunk }, n) => ({
      at: start + at,
      text: chunk,
      page: n === 0 ? index + 1 : null,
    }));
  });
}

/** A piece of text on a page; `x` and `y` are where it begins, from the lower left. */
export interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A line of the page ends with it. */
  readonly ends: boolean;
}

/** Distance between lines, in heights of a letter, that parts paragraphs. */
const apart = 1.9;
/** Gap within a line, in heights of a letter, that parts the columns of a table. */
const columnGap = 1.5;

/** Puts the pieces of a page together: lines as they stand, an empty line between paragraphs. */
export function pageText(pieces: readonly Piece[]): string {
  const lines: { text: string; y: number; height: number }[] = [];
  let line: { text: string; y: number; height: number; right: number } | null = null;
  for (const piece of pieces) {
    if (line) {
      const gap = piece.x - line.right;
      const wide = piece.text.trim() !== '' && gap > columnGap * Math.max(line.height, piece.height, 1);
      line.text += wide && line.text.trim() !== '' ? `\t${piece.text}` : piece.text;
      line.height = Math.max(line.height, piece.height);
      line.right = piece.x + piece.width;
    } else if (piece.text !== '') {
      line = { text: piece.text, y: piece.y, height: piece.height, right: piece.x + piece.width };
    }
    if (piece.ends && line) {
      lines.push(line);
      line = null;
    }
  }
  if (line) lines.push(line);
  let text = '';
  let before: { y: number; height: number } | null = null;
  for (const { text: words, y, height } of lines) {
    const trimmed = words.replace(/[^\S\t]+/g, ' ').trim();
    if (trimmed === '') continue;
    const step = before ? Math.abs(before.y - y) : 0;
    const parted = before && step > apart * Math.max(before.height, height, 1);
    text += text === '' ? trimmed : `${parted ? '\n\n' : '\n'}${trimmed}`;
    before = { y, height };
  }
  return text;
}

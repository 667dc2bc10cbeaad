const chunkSize = 2000;

/** Cuts a text into pieces of whole lines, so that a long one renders by piece. */
export function chunkLines(
  text: string,
  size = chunkSize,
): readonly { readonly at: number; readonly text: string }[] {
  const chunks: { at: number; text: string }[] = [];
  let at = 0;
  while (at < text.length) {
    let end = Math.min(at + size, text.length);
    if (end < text.length) {
      const line = text.indexOf('\n', end);
      end = line < 0 || line > at + size * 4 ? end : line + 1;
    }
    chunks.push({ at, text: text.slice(at, end) });
    at = end;
  }
  return chunks;
}

/** A piece of a JSON file: the text of one element, or why there is none. */
export type JsonPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tooLarge' | 'cut' | 'notJson' };

/** Characters of one element: far beyond any chat, and well within what a string can hold. */
const usualLimit = 128_000_000;

/**
 * Takes a JSON file apart while it is read: each element of a list at its top, or else the one value there is.
 * Elements are only bounded here, not checked; a file that ends too early says so after all that came whole.
 */
export async function* splitJson(
  chunks: AsyncIterable<Uint8Array>,
  limit = usualLimit,
): AsyncGenerator<JsonPiece> {
  const decoder = new TextDecoder();
  const splitter = createSplitter(limit);
  for await (const chunk of chunks) yield* splitter.take(decoder.decode(chunk, { stream: true }));
  yield* splitter.take(decoder.decode());
  yield* splitter.end();
}

function createSplitter(limit: number) {
  let mode: 'start' | 'list' | 'single' | 'other' | 'after' = 'start';
  let depth = 0;
  let quoted = false;
  let escaped = false;
  let parts: string[] = [];
  let size = 0;
  let tooLarge = false;

  const keep = (text: string) => {
    size += text.length;
    if (size > limit) {
      tooLarge = true;
      parts = [];
    } else if (!tooLarge && text !== '') parts.push(text);
  };
  const finish = (): JsonPiece | null => {
    const text = parts.join('').trim();
    const piece: JsonPiece | null = tooLarge
      ? { kind: 'tooLarge' }
      : text === ''
        ? null
        : { kind: 'text', text };
    parts = [];
    size = 0;
    tooLarge = false;
    return piece;
  };
  const start = (chunk: string): number => {
    const first = chunk.search(/[^\s\ufeff]/);
    if (first < 0) return chunk.length;
    mode = chunk[first] === '[' ? 'list' : chunk[first] === '{' ? 'single' : 'other';
    return mode === 'list' ? first + 1 : first;
  };

  return {
    *take(chunk: string): Generator<JsonPiece> {
      let from = mode === 'start' ? start(chunk) : 0;
      if (mode === 'start' || mode === 'other' || mode === 'after') return;
      if (mode === 'single') return keep(chunk.slice(from));
      for (let at = from; at < chunk.length; at++) {
        const sign = chunk.charCodeAt(at);
        if (escaped) escaped = false;
        else if (quoted) {
          if (sign === 0x5c) escaped = true;
          else if (sign === 0x22) quoted = false;
        } else if (sign === 0x22) quoted = true;
        else if (sign === 0x7b || sign === 0x5b) depth++;
        else if ((sign === 0x7d || sign === 0x5d) && depth > 0) depth--;
        else if (depth === 0 && (sign === 0x2c || sign === 0x5d)) {
          keep(chunk.slice(from, at));
          const piece = finish();
          if (piece) yield piece;
          from = at + 1;
          if (sign === 0x5d) {
            mode = 'after';
            return;
          }
        }
      }
      keep(chunk.slice(from));
    },
    *end(): Generator<JsonPiece> {
      if (mode === 'start' || mode === 'other') yield { kind: 'notJson' };
      else if (mode === 'list') yield { kind: 'cut' };
      else if (mode === 'single') {
        const piece = finish();
        if (piece) yield piece;
      }
    },
  };
}

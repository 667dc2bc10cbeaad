import { memo, useEffect, useState } from 'react';
import { chunkLines } from './chunkLines.ts';

const atOnce = 12;
const everyMs = 16;

/**
 * Words as they are written, in pieces of whole lines: of a text that grows only the last piece renders again, and one
 * that is very long comes a few pieces at a time, so that the window stays quick.
 */
export function LongText({ text }: { readonly text: string }) {
  const chunks = chunkLines(text);
  const [shown, setShown] = useState(atOnce);
  const more = shown < chunks.length;
  useEffect(() => {
    if (!more) return;
    const timer = setTimeout(() => setShown(shown + atOnce), everyMs);
    return () => clearTimeout(timer);
  }, [shown, more]);
  return chunks
    .slice(0, shown)
    .map((chunk) => <Chunk key={chunk.at} text={chunk.text} far={chunks.length > atOnce} />);
}

const Chunk = memo(function Chunk({ text, far }: { readonly text: string; readonly far: boolean }) {
  return (
    <span className="long-chunk" data-far={far || undefined}>
      {text}
    </span>
  );
});

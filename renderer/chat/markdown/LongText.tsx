import { memo } from 'react';
import { chunkLines } from './chunkLines.ts';

/** Words as they are written, in pieces of whole lines: of a text that grows only the last piece renders again. */
export function LongText({ text }: { readonly text: string }) {
  return chunkLines(text).map((chunk) => <Chunk key={chunk.at} text={chunk.text} />);
}

const Chunk = memo(function Chunk({ text }: { readonly text: string }) {
  return <span>{text}</span>;
});

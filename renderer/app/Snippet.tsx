/** Words around a hit; what lies between U+0002 and U+0003 is marked. */
export function Snippet({ text }: { readonly text: string }) {
  const pieces = text.split('\u0002');
  return (
    <span className="snippet truncate">
      {pieces.map((piece, index) => {
        const end = index === 0 ? -1 : piece.indexOf('\u0003');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
          <span key={index}>
            {end > 0 && <mark>{piece.slice(0, end)}</mark>}
            {piece.slice(end + 1)}
          </span>
        );
      })}
    </span>
  );
}

const titleLength = 60;

/** The first words of a text as the name of a chat. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.replace(/\s+/g, ' ').trim() ?? '';
  if (line.length <= titleLength) return line || 'New chat';
  const cut = line.slice(0, titleLength);
  const word = cut.lastIndexOf(' ');
  return `${cut.slice(0, word > titleLength / 2 ? word : titleLength).trimEnd()}…`;
}

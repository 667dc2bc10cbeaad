/** What a chat is called until its first message names it. */
export const defaultTitle = 'New chat';
const longest = 60;

/** Makes a title of a first message: its first line with words, without Markdown marks, cut at the end of a word. */
export function titleFrom(text: string): string {
  for (const line of text.slice(0, 4000).split(/\r?\n/)) {
    const plain = plainLine(line);
    if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(plain)) return shorten(plain);
  }
  return defaultTitle;
}

function plainLine(line: string): string {
  return line
    .replace(/^\s*(?:```.*|~~~.*)$/, '')
    .replace(/^\s*(?:[#>]+\s*|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)+/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`~]+/g, '')
    .replace(/(^|[^\p{L}\p{N}])_+|_+(?=[^\p{L}\p{N}]|$)/gu, '$1')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function shorten(text: string): string {
  const letters = [...text];
  if (letters.length <= longest) return text;
  const cut = letters.slice(0, longest).join('');
  const wordEnd = cut.search(/\s\S*$/);
  return `${(wordEnd > longest / 2 ? cut.slice(0, wordEnd) : cut).trimEnd()}…`;
}

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

const forked = / \(fork(?: (\d{1,6}))?\)$/;
const longestTitle = 200;

/** The title of a chat that branches off another: "Ink (fork)", and of that one "Ink (fork 2)". */
export function forkTitle(title: string): string {
  const [mark, count] = forked.exec(title) ?? [];
  const end = mark === undefined ? ' (fork)' : ` (fork ${Number(count ?? 1) + 1})`;
  const base = mark === undefined ? title : title.slice(0, -mark.length);
  return `${[...base].slice(0, longestTitle - end.length).join('')}${end}`;
}

/** Words that end with a full stop in the middle of a sentence. */
const abbreviations = new Set(
  'mr mrs ms dr prof st no nr vs etc approx ca cf jr sr fig vol ed eds al inc ltd co dept est hr fr bzw usw evtl ggf vgl abs str tel sog inkl max min mme mlle env sra srta dott sig ing'.split(
    ' ',
  ),
);
// Without a look ahead: a run of a million dots is passed once.
const ends = /[.!?…]+["'”’)\]»]*|[。！？｡]+[」』）”’]*/gu;

/** Where the sentences of a stretch of text begin and end; together they cover it, white space between them aside. */
export function sentencesOf(text: string, from: number, to: number): { start: number; end: number }[] {
  const part = text.slice(from, to);
  const found: { start: number; end: number }[] = [];
  let start = 0;
  const add = (end: number) => {
    let first = start;
    let last = end;
    while (first < last && isSpace(part, first)) first++;
    while (last > first && isSpace(part, last - 1)) last--;
    if (last > first) found.push({ start: from + first, end: from + last });
    start = end;
  };
  for (const match of part.matchAll(ends)) {
    const end = match.index + match[0].length;
    if (isEnd(part, match.index, match[0], end)) add(end);
  }
  add(part.length);
  return found;
}

function isEnd(part: string, at: number, mark: string, end: number): boolean {
  if (/^[。！？｡]/.test(mark)) return true;
  if (end < part.length && !isSpace(part, end)) return false;
  if (!mark.startsWith('.') || mark.length > 1) return true;
  const before = /[\p{L}\p{N}.]*$/u.exec(part.slice(Math.max(0, at - 20), at))?.[0] ?? '';
  const word = before.toLowerCase();
  // Initials, "e.g.", ordinals and abbreviations do not end a sentence.
  if (/(^|\.)\p{L}$/u.test(before) || abbreviations.has(word)) return false;
  const next = /\S/u.exec(part.slice(end, end + 20))?.[0] ?? '';
  if (/^\d{1,2}$/.test(word))
    return /[\p{Lu}]/u.test(next) && !/^\s*\p{Lu}\p{Ll}+\s+\d/u.test(part.slice(end, end + 30));
  return !/^\p{Ll}/u.test(next);
}

const isSpace = (text: string, at: number) => /\s/.test(text[at] as string);

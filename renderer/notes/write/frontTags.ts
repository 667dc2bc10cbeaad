const front = /^---[ \t]*\n((?:.*\n){0,400}?)(?:---|\.\.\.)[ \t]*(?:\n|$)/;

/** Where a note itself begins, behind its front matter; the text has `\n` as its only line end. */
export const bodyStart = (text: string): number => front.exec(text)?.[0].length ?? 0;

/** Adds tags to the front matter, which is made if there is none; those that the note has already stay away. */
export function addTags(text: string, tags: readonly string[]): string {
  const fresh = newTags(text, tags);
  if (fresh.length === 0) return text;
  const inner = front.exec(text)?.[1];
  if (inner === undefined) return `---\ntags: [${fresh.join(', ')}]\n---\n${text}`;
  const start = text.indexOf('\n') + 1;
  const changed = addToLines(inner.split('\n').slice(0, -1), fresh);
  return `${text.slice(0, start)}${changed.join('\n')}\n${text.slice(start + inner.length)}`;
}

/** Those of the tags that a note has neither in its front matter nor in its text. */
export function newTags(text: string, tags: readonly string[]): string[] {
  const inner = front.exec(text)?.[1] ?? '';
  const known = new Set([...inner.matchAll(/[\p{L}\p{N}_/-]+/gu)].map(([word]) => word.toLowerCase()));
  for (const [, tag = ''] of text.matchAll(/(?:^|\s)#([\p{L}\p{N}_/-]+)/gu)) known.add(tag.toLowerCase());
  return tags.filter((tag) => !known.has(tag.toLowerCase()));
}

function addToLines(lines: readonly string[], tags: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => /^tags[ \t]*:/.test(line));
  if (at < 0) return [...lines, `tags: [${tags.join(', ')}]`];
  const line = lines[at] ?? '';
  const value = line.slice(line.indexOf(':') + 1).trim();
  const put = (...changed: string[]) => [...lines.slice(0, at), ...changed, ...lines.slice(at + 1)];
  const list = /^\[(.*)\]$/.exec(value)?.[1];
  if (list !== undefined)
    return put(`tags: [${[list.trim(), ...tags].filter((part) => part !== '').join(', ')}]`);
  // Written some other way, it is made a list: each word or part of it was a tag.
  if (value !== '') return put(`tags: [${[...value.split(/[\s,]+/), ...tags].join(', ')}]`);
  let end = at + 1;
  while (end < lines.length && /^[ \t]*-[ \t]/.test(lines[end] ?? '')) end++;
  if (end === at + 1) return put(`tags: [${tags.join(', ')}]`);
  const indent = /^[ \t]*/.exec(lines[at + 1] ?? '')?.[0] ?? '';
  return [...lines.slice(0, end), ...tags.map((tag) => `${indent}- ${tag}`), ...lines.slice(end)];
}

/** How many titles, tags and links are proposed at most. */
const most = { titles: 3, tags: 8, links: 12 } as const;
const longestTitle = 120;
const longestTag = 50;
const wordsInTag = 3;

/** The titles of an answer, without marks and quotes. */
export function readTitles(answer: string): string[] {
  const titles = linesOf(answer)
    .map((line) => bare(line.replace(/^titles?\s*\d*\s*[:.]\s*/i, '')).replace(/\s+/g, ' '))
    .filter((line) => line !== '' && line.length <= longestTitle && !line.endsWith(':'));
  return unique(titles).slice(0, most.titles);
}

/** The tags of an answer: letters, digits, `_`, `-` and `/`, with at least one letter; words of one tag are joined by `-`. */
export function readTags(answer: string): string[] {
  const tags = linesOf(answer)
    .filter((line) => !line.endsWith(':'))
    .map((line) => line.replace(/^tags?\s*:\s*/i, '').replace(/^\[(.*)\]$/, '$1'))
    .flatMap((line) => line.split(/[,;]|\s+(?=#)/))
    .map((part) => bare(part).replace(/^#+/, '').trim())
    .filter((part) => part.split(/\s+/).length <= wordsInTag)
    .map((part) => part.replace(/\s+/g, '-').normalize('NFC'))
    .filter(
      (tag) =>
        /^[\p{L}\p{N}_/-]+$/u.test(tag) &&
        /\p{L}/u.test(tag) &&
        tag.length <= longestTag &&
        tag.toLowerCase() !== 'none',
    );
  return unique(tags).slice(0, most.tags);
}

/** A note that may be linked. */
export interface LinkCandidate {
  readonly path: string;
  readonly title: string;
}

/** The paths of the notes that an answer names; names of notes that do not exist are left out. */
export function readLinks(answer: string, candidates: readonly LinkCandidate[]): string[] {
  const named = new Map<string, string>();
  // A whole path means its note, whatever the title of another one is.
  for (const { path, title } of [...candidates].reverse()) {
    named.set(plain(title), path);
    named.set(plain(path.slice(path.lastIndexOf('/') + 1)), path);
  }
  for (const { path } of candidates) named.set(plain(path), path);
  const found = linesOf(answer)
    .flatMap((line) => {
      const links = [...line.matchAll(/\[\[([^\]|#]+)[^\]]*\]\]/g)].map(([, name]) => name ?? '');
      return links.length > 0 ? links : [line, ...line.split(/,\s*/)];
    })
    .map((name) => named.get(plain(bare(name))))
    .filter((path) => path !== undefined);
  return [...new Set(found)].slice(0, most.links);
}

const linesOf = (answer: string): string[] =>
  answer
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Without the marks of lists and headings, and without quotes, stars and code marks around it. */
function bare(line: string): string {
  return line
    .replace(/^(?:[-*+•]|\d{1,2}[.)]|#{1,6})\s+/, '')
    .replace(/^["'“”„«»`*_]+|["'“”„«»`*_.]+$/g, '')
    .trim();
}

const plain = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/\.(md|markdown)$/, '')
    .trim();

function unique(items: readonly string[]): string[] {
  const known = new Set<string>();
  return items.filter((item) => {
    const key = item.toLowerCase();
    return !known.has(key) && known.add(key);
  });
}

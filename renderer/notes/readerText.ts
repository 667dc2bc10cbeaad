/** Links of a note become addresses that lead nowhere on any network: `.invalid` is reserved for that. */
const place = 'https://note.invalid/#';

/** The address that stands for a note in what is shown to be read. */
export const addressOfNote = (target: string): string => place + encodeURIComponent(target);

/** The note that such an address stands for, or null. */
export function noteOfAddress(url: string): string | null {
  if (!url.startsWith(place)) return null;
  try {
    return decodeURIComponent(url.slice(place.length)) || null;
  } catch {
    return null;
  }
}

/** A note as it is read: its front matter apart, and its own links as links of Markdown. Code stays as it is. */
export function readerText(text: string): { readonly frontMatter: string; readonly body: string } {
  const plain = text.replace(/\r\n?/g, '\n');
  const front = /^---[ \t]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(plain);
  const body = front ? plain.slice(front[0].length) : plain;
  return { frontMatter: front?.[1] ?? '', body: linkLines(body) };
}

/** In longer lines links stay as they are written: a line made of marks takes long to read. */
const longestLine = 20_000;

function linkLines(body: string): string {
  let fence = '';
  return body
    .split('\n')
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (fence) {
        if (mark?.startsWith(fence)) fence = '';
        return line;
      }
      if (mark) {
        fence = mark;
        return line;
      }
      return line.includes('[') && line.length < longestLine ? linkSpans(line) : line;
    })
    .join('\n');
}

// One pass, so that code in a line is passed over and what was made is not read again.
const spans =
  /(`+)(?:[^`]|(?!\1)`)*\1|!?\[\[([^[\]\n]{1,400})\]\]|(!?\[[^[\]\n]{0,400}\]\()([^()\s]{1,1000})\)/g;

function linkSpans(line: string): string {
  return line.replace(spans, (whole, _ticks, wiki?: string, before?: string, target?: string) => {
    if (wiki !== undefined) {
      const [name = '', words] = wiki.split('|', 2);
      const note = name.replace(/[#^].*$/s, '').trim();
      return note ? `[${(words ?? name).trim()}](${addressOfNote(note)})` : whole;
    }
    if (before === undefined || target === undefined || before.startsWith('!')) return whole;
    const file = /^(?![a-z][a-z0-9+.-]*:|#|\/\/)([^#?]+\.(?:md|markdown))(?:[#?].*)?$/i.exec(target)?.[1];
    return file ? `${before}${addressOfNote(decode(file))})` : whole;
  });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

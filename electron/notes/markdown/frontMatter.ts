import { parse } from 'yaml';
import { linesOf } from './lines.ts';

/** What the front matter of a note says about it. */
export interface FrontMatter {
  /** Where the note itself begins, behind the closing line; 0 without front matter. */
  readonly end: number;
  /** Its lines between the two marks. */
  readonly inner: { readonly start: number; readonly end: number };
  readonly title: string | null;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** It tells more than how the note is filed, so it is worth finding. */
  readonly telling: boolean;
}

const longest = 16_384;
const filing = new Set(
  'title tag tags alias aliases date created updated modified cssclass cssclasses id uid layout draft publish permalink type'.split(
    ' ',
  ),
);
const none: FrontMatter = {
  end: 0,
  inner: { start: 0, end: 0 },
  title: null,
  aliases: [],
  tags: [],
  telling: false,
};

/** Reads the front matter; what is no YAML, or too long, counts as plain text of the note. */
export function readFrontMatter(text: string): FrontMatter {
  if (!/^---[ \t]*\r?(\n|\r)/.test(text.slice(0, 64))) return none;
  const head = text.slice(0, longest);
  let first = 0;
  for (const line of linesOf(head)) {
    if (line.number === 1) {
      first = line.next;
      continue;
    }
    if (!/^(---|\.\.\.)[ \t]*$/.test(head.slice(line.start, Math.min(line.end, line.start + 64)))) continue;
    const fields = readYaml(head.slice(first, line.start));
    if (!fields) return none;
    return {
      end: line.next,
      inner: { start: first, end: line.start },
      title: asText(fields['title']),
      aliases: asList(fields['aliases'] ?? fields['alias'], /,/),
      tags: asList(fields['tags'] ?? fields['tag'], /[\s,]+/).map((tag) => tag.replace(/^#/, '')),
      telling: Object.keys(fields).some((key) => !filing.has(key.toLowerCase())),
    };
  }
  return none;
}

function readYaml(yaml: string): Record<string, unknown> | null {
  if (yaml.trim() === '') return {};
  try {
    const read: unknown = parse(yaml, { maxAliasCount: 20, logLevel: 'silent', uniqueKeys: false });
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function asText(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim().slice(0, 500);
  return text === '' ? null : text;
}

function asList(value: unknown, separator: RegExp): string[] {
  const items = typeof value === 'string' ? value.split(separator) : Array.isArray(value) ? value : [value];
  return items
    .map(asText)
    .filter((item) => item !== null)
    .slice(0, 100);
}

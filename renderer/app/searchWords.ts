import type { SearchFilters } from '../../electron/contract/conversations.ts';

/** What somebody typed into the search: words to find, what to narrow them to, and what was not understood. */
export interface Search {
  readonly words: string;
  readonly filters: SearchFilters;
  /** The filters as they were typed, in their order. */
  readonly typed: readonly string[];
  /** A sentence about a filter whose value says nothing; null where all do. */
  readonly problem: string | null;
}

type Read = (value: string, now: number) => SearchFilters | null;

const has = { notes: 'notes', thoughts: 'thought', thought: 'thought', code: 'code' } as const;
const from = { me: 'user', you: 'user', model: 'assistant', assistant: 'assistant' } as const;

const readers: Readonly<Record<string, { readonly read: Read; readonly help: string }>> = {
  from: { read: (value) => pick(from, value, (role) => ({ role })), help: 'from:me or from:model' },
  has: {
    read: (value) => pick(has, value, (thing) => ({ has: [thing] })),
    help: 'has:notes, has:thoughts or has:code',
  },
  is: {
    read: (value) =>
      value === 'pinned' ? { pinned: true } : value === 'archived' ? { archived: true } : null,
    help: 'is:pinned or is:archived',
  },
  rated: {
    read: (value) => (value === 'good' || value === 'bad' ? { rating: value } : null),
    help: 'rated:good or rated:bad',
  },
  tag: { read: (tag) => (tag.length > 50 ? null : { tag }), help: 'tag:work' },
  model: { read: (model) => (model.length > 200 ? null : { model }), help: 'model: and a part of its name' },
  after: {
    read: (value, now) => pickSpan(value, now, ({ start }) => ({ after: start })),
    help: 'after:2026-03-15, after:2026-03 or after:yesterday',
  },
  before: {
    read: (value, now) => pickSpan(value, now, ({ start }) => ({ before: start })),
    help: 'before:2026-03-15, before:2026-03 or before:today',
  },
  on: {
    read: (value, now) => pickSpan(value, now, ({ start, end }) => ({ after: start, before: end })),
    help: 'on:2026-03-15, on:2026-03 or on:yesterday',
  },
};

/** One filter in a typed text: its whole, its name, its value. */
const filter = /(?<=^|\s)(from|has|is|rated|tag|model|after|before|on):("[^"]*"?|\S*)/gi;

/** Takes the filters out of what was typed. `now` in ms, for days by name. */
export function readSearch(text: string, now: number): Search {
  const typed: string[] = [];
  let filters: SearchFilters = {};
  let problem: string | null = null;
  const words = text.replace(filter, (whole: string, name: string, raw: string) => {
    const value = raw.replaceAll('"', '').trim();
    const reader = readers[name.toLowerCase()];
    // Without a value it is still being typed.
    if (!reader || value === '') return '';
    const read = reader.read(name === 'tag' || name === 'model' ? value : value.toLowerCase(), now);
    if (read === null) problem ??= `“${whole}” is not understood. Try ${reader.help}.`;
    else {
      typed.push(whole);
      filters = { ...filters, ...read, ...(read.has && { has: [...(filters.has ?? []), ...read.has] }) };
    }
    return '';
  });
  return { words: words.replace(/\s+/g, ' ').trim(), filters, typed, problem };
}

/** The filter that is being typed at the end of a text: its name, and its value so far. */
export function openFilter(text: string): { readonly name: string; readonly value: string } | null {
  const last = [...text.matchAll(filter)].at(-1);
  if (!last || last.index + last[0].length !== text.length) return null;
  const value = last[2] ?? '';
  if (value.length > 1 && value.startsWith('"') && value.endsWith('"')) return null;
  return { name: (last[1] ?? '').toLowerCase(), value: value.replaceAll('"', '') };
}

/** A filter as it is typed; a value with spaces goes into quotation marks. */
export const filterWord = (name: string, value: string): string =>
  /\s/.test(value) ? `${name}:"${value}"` : `${name}:${value}`;

/** Puts a whole filter in place of the one that is being typed at the end, ready for the next word. */
export function completeFilter(text: string, name: string, value: string): string {
  const open = openFilter(text);
  const at = open ? text.lastIndexOf(`${open.name}:`) : -1;
  const before = open ? text.slice(0, at < 0 ? text.toLowerCase().lastIndexOf(`${open.name}:`) : at) : text;
  return `${before}${before === '' || /\s$/.test(before) ? '' : ' '}${filterWord(name, value)} `;
}

/** Adds a filter to a text, or takes it out if it is in there. */
export function toggleFilter(text: string, word: string): string {
  const there = readSearch(text, 0).typed.find((typed) => typed.toLowerCase() === word.toLowerCase());
  if (there === undefined) return `${text.trimEnd()}${text.trim() === '' ? '' : ' '}${word} `;
  return text.replace(there, '').replace(/\s+/g, ' ').trimStart();
}

function pick<V>(
  table: Readonly<Record<string, V>>,
  value: string,
  make: (value: V) => SearchFilters,
): SearchFilters | null {
  const found = Object.hasOwn(table, value) ? table[value] : undefined;
  return found === undefined ? null : make(found);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function pickSpan(value: string, now: number, make: (span: Span) => SearchFilters): SearchFilters | null {
  const span = readSpan(value, now);
  return span && make(span);
}

/** A day, month or year as the calendar of this place has it. */
function readSpan(value: string, now: number): Span | null {
  const at = (year: number, month: number, day: number) => new Date(year, month, day).getTime();
  if (value === 'today' || value === 'yesterday') {
    const date = new Date(now);
    const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
    const back = value === 'today' ? 0 : 1;
    return { start: at(year, month, day - back), end: at(year, month, day - back + 1) };
  }
  const parts = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(value);
  if (!parts) return null;
  const [year = 0, month, day] = parts.slice(1).map((part) => (part ? Number(part) : undefined));
  if (month === undefined) return { start: at(year, 0, 1), end: at(year + 1, 0, 1) };
  if (month < 1 || month > 12) return null;
  if (day === undefined) return { start: at(year, month - 1, 1), end: at(year, month, 1) };
  if (day < 1 || day > new Date(year, month, 0).getDate()) return null;
  return { start: at(year, month - 1, day), end: at(year, month - 1, day + 1) };
}

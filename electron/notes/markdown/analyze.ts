import { readBlocks } from './blocks.ts';
import { readFrontMatter } from './frontMatter.ts';
import { type Link, readInline } from './inline.ts';
import { linesOf } from './lines.ts';
import { cutPassages, type PassageSpan } from './passages.ts';

/** What a note holds, for the index. */
export interface NoteFacts {
  /** The first heading of level 1, else the title of the front matter; null if it has neither. */
  readonly title: string | null;
  readonly aliases: readonly string[];
  /** As they are first written, each once. */
  readonly tags: readonly string[];
  readonly passages: readonly PassageSpan[];
  readonly links: readonly Link[];
}

/** Links and tags of one note beyond these are left out; a note has them by the hundred at most. */
const mostLinks = 20_000;
const mostTags = 2_000;

/** Reads a note: linear in its length, whatever it holds. */
export function analyze(text: string): NoteFacts {
  const front = readFrontMatter(text);
  const blocks = readBlocks(text, front.end, 1 + countLines(text, front.end));
  const links: Link[] = [];
  const tags = new Map<string, string>();
  const addTag = (tag: string) => {
    const key = tag.normalize('NFC').toLowerCase();
    if (tag !== '' && tags.size < mostTags && !tags.has(key)) tags.set(key, tag);
  };
  front.tags.forEach(addTag);
  const properties = readProperties(text.slice(front.end, front.end + 2000));
  properties.tags.forEach(addTag);
  for (const { kind, start, end, line } of blocks) {
    if (kind === 'code') continue;
    const inline = readInline(text, start, end, line);
    inline.tags.forEach(addTag);
    for (const link of inline.links) if (links.length < mostLinks) links.push(link);
  }
  const spans = cutPassages(text, blocks);
  const { inner } = front;
  if (front.telling)
    spans.unshift({ start: inner.start, end: trimmedEnd(text, inner), line: 2, heading: '' });
  const title = blocks.find(
    ({ kind, level, title }) => kind === 'heading' && level === 1 && title !== '',
  )?.title;
  return {
    title: title ?? front.title ?? properties.title,
    aliases: [...front.aliases, ...properties.aliases],
    tags: [...tags.values()],
    passages: spans,
    links,
  };
}

/** The properties that Logseq writes at the top of a page: `alias:: one, two`. */
function readProperties(head: string): { title: string | null; aliases: string[]; tags: string[] } {
  const fields = new Map<string, string>();
  for (const { start, end } of linesOf(head)) {
    const match = /^(?:- )?([a-z-]{1,40}):: (.{1,500})$/i.exec(head.slice(start, end));
    if (!match) break;
    fields.set((match[1] as string).toLowerCase(), match[2] as string);
  }
  const list = (name: string) =>
    (fields.get(name) ?? '')
      .split(',')
      .map((item) =>
        item
          .trim()
          .replace(/^#?\[\[(.*)\]\]$/, '$1')
          .replace(/^#/, ''),
      )
      .filter((item) => item !== '');
  return { title: fields.get('title')?.trim() ?? null, aliases: list('alias'), tags: list('tags') };
}

function countLines(text: string, to: number): number {
  let count = 0;
  for (const line of linesOf(text)) {
    if (line.start >= to) break;
    count++;
  }
  return count;
}

function trimmedEnd(text: string, { start, end }: { start: number; end: number }): number {
  return start + text.slice(start, Math.min(end, start + 1200)).trimEnd().length;
}

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GenerateEvent } from '../../electron/engine/contract.ts';

/** Numbered words, some time apart. */
export async function* numbered(count: number, every: number, signal: AbortSignal) {
  for (let word = 0; word < count && !signal.aborted; word++) {
    yield { type: 'text' as const, text: `${word} ` };
    if (every > 0) await sleep(every);
  }
}

// One section of an answer as models write them: a heading, prose, a list, a table, code.
const section = [
  '\n\n## A part of it\n\n',
  'The **usable** part of it is what is left when *everything else* has been taken off, and `that` is not much. '.repeat(
    4,
  ),
  '\n\n- a first point with some words\n- a second one that is a little longer than the first\n- a third\n\n',
  'It follows that one should look at [the list](https://example.org) before going on with the next one. '.repeat(
    4,
  ),
  '\n\n```ts\nconst days = 90 / 38; // about 2.4\nfor (const day of range(days)) {\n  console.log(day);\n}\n```\n\n',
  '| what | how much |\n| --- | --- |\n| battery | 100 Ah |\n| load | 38 Ah |\n\n',
].join('');
const tokens = section.match(/\s*\S{1,6}|\s+$/g) ?? [];

/** Ordinary Markdown at an even pace. */
export async function* prose(count: number, every: number, signal: AbortSignal) {
  const started = performance.now();
  for (let at = 0; at < count && !signal.aborted; at++) {
    yield { type: 'text' as const, text: tokens[at % tokens.length] ?? '' };
    const ahead = started + (at + 1) * every - performance.now();
    if (ahead > 1) await sleep(ahead);
  }
}

/** A text in small pieces. */
export async function* pieces(text: string, signal: AbortSignal) {
  for (let at = 0; at < text.length && !signal.aborted; at += 12) {
    yield { type: 'text' as const, text: text.slice(at, at + 12) };
    await sleep(2);
  }
}

/** The text of a file in pieces, as fast as they are taken. */
export async function* filePieces(path: string, size: number, signal: AbortSignal) {
  const text = readFileSync(path, 'utf8');
  for (let at = 0; at < text.length && !signal.aborted; at += size)
    yield { type: 'text' as const, text: text.slice(at, at + size) };
}

/** Reports of reading. */
export async function* reading(total: number, signal: AbortSignal) {
  for (let done = 0; done < total && !signal.aborted; done += 50) {
    yield { type: 'prefill' as const, done, total, leftMs: total - done };
    await sleep(50);
  }
}

type Said = Exclude<GenerateEvent, { type: 'finished' }>;

/** Leaves out of a script what was said of it before; null where nothing is left of an event. */
export function leaveOut(said: string) {
  let left = said;
  return (event: Said): Said | null => {
    if (left === '' || event.type === 'prefill') return event;
    if (event.type === 'thought') return null;
    const { text } = event;
    const known = left.startsWith(text) ? text.length : text.startsWith(left) ? left.length : 0;
    left = known === 0 ? '' : left.slice(known);
    return known === text.length ? null : { ...event, text: text.slice(known) };
  };
}

import { assertNever } from '../../../electron/base/assertNever.ts';
import type { WritingTask } from '../../../electron/contract/writing.ts';
import { addTags, bodyStart } from './frontTags.ts';

/** What of a note is worked on: a selection, or all of it behind its front matter. Offsets count `\n` line ends. */
export interface Target {
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

/** What a task is to work on, given the selection. To go on writing means: from the cursor, else from the end. */
export function targetOf(task: WritingTask, text: string, selection: { from: number; to: number }): Target {
  const start = bodyStart(text);
  const { from, to } = selection;
  if (text.slice(from, to).trim() !== '') return { from, to, whole: false };
  const midway = task === 'continue' && text.slice(start, from).trim() !== '';
  return { from: start, to: midway ? from : text.length, whole: true };
}

/** An answer without what models put around it: a fence, the marks of the prompt, blank lines. */
export function tidyAnswer(answer: string): string {
  const plain = answer
    .replace(/\r\n?/g, '\n')
    .replace(/^\s*<\/?note(?:-\d+)?>|<\/?note(?:-\d+)?>\s*$/gi, '')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  const fenced = /^(`{3,})(?:markdown|md|text)?[ \t]*\n([\s\S]*)\n\1$/.exec(plain)?.[2];
  return fenced === undefined || fenced.includes('\n```') ? plain : fenced;
}

/** Whether an answer says that there is nothing to propose. */
export const isNothing = (answer: string): boolean => /^\W*(none)?\W*$/i.test(answer);

/** The note with the proposal in it. `items` are the chosen titles, tags or links, as they are to be written. */
export function withProposal(
  task: WritingTask,
  text: string,
  target: Target,
  proposal: { readonly answer: string; readonly items: readonly string[] },
): string {
  const answer = tidyAnswer(proposal.answer);
  const [first] = proposal.items;
  switch (task) {
    case 'rewrite':
    case 'translate':
      return replaceKept(text, target, answer);
    case 'continue':
      return goOn(text, target.to, answer);
    case 'summarize':
      return target.whole ? atTop(text, answer) : putBelow(text, target.to, answer);
    case 'tasks':
      return putBelow(text, target.to, answer);
    case 'title':
      return first === undefined ? text : withTitle(text, first);
    case 'tags':
      return addTags(text, proposal.items);
    case 'links':
      return first === undefined
        ? text
        : putBelow(text, target.to, `See also: ${proposal.items.map((link) => `[[${link}]]`).join(', ')}`);
    default:
      return assertNever(task);
  }
}

/** The blank space around what is replaced stays as it is. */
function replaceKept(text: string, { from, to }: Target, answer: string): string {
  const old = text.slice(from, to);
  const before = /^\s*/.exec(old)?.[0] ?? '';
  const after = old.trim() === '' ? '' : (/\s*$/.exec(old)?.[0] ?? '');
  return `${text.slice(0, from)}${before}${answer.trim()}${after}${text.slice(to)}`;
}

function goOn(text: string, at: number, answer: string): string {
  const before = text.slice(0, at).trimEnd();
  const inSentence = text.slice(before.length, at).indexOf('\n') < 0 && /[\p{L}\p{N},;–-]$/u.test(before);
  if (!inSentence) return putBelow(text, at, answer);
  const after = text.slice(before.length);
  return `${before} ${answer.trimStart()}${after}`;
}

/** As a paragraph of its own below the line that holds this place. */
function putBelow(text: string, at: number, block: string): string {
  const upTo = text.slice(0, at).trimEnd().length;
  const lineEnd = text.indexOf('\n', upTo);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const after = text.slice(end);
  const gap = text.slice(0, end).trim() === '' ? '' : '\n\n';
  const below = /^\n[^\n]/.test(after) ? '\n' : '';
  return `${text.slice(0, end)}${gap}${block}${below}${after === '' ? '\n' : after}`;
}

const firstHeading = /^\s*#[ \t]+.*(?:\n|$)/;

function atTop(text: string, block: string): string {
  const start = bodyStart(text);
  const heading = firstHeading.exec(text.slice(start))?.[0];
  if (heading !== undefined) return putBelow(text, start + heading.trimEnd().length, block);
  return `${text.slice(0, start)}${block}\n\n${text.slice(start).replace(/^\n+/, '')}`;
}

function withTitle(text: string, title: string): string {
  const start = bodyStart(text);
  const body = text.slice(start);
  const heading = firstHeading.exec(body)?.[0];
  if (heading === undefined) return `${text.slice(0, start)}# ${title}\n\n${body.replace(/^\n+/, '')}`;
  const lead = /^\s*/.exec(heading)?.[0] ?? '';
  const end = /\n$/.test(heading) ? '\n' : '';
  return `${text.slice(0, start)}${lead}# ${title}${end}${body.slice(heading.length)}`;
}

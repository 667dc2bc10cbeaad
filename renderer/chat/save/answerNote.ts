import type { Message } from '../../../electron/contract/conversations.ts';
import type { Source } from '../../../electron/contract/noteSources.ts';

const longestQuote = 600;
const longestName = 80;

/** The name of a note for an answer, made of its question: no mark that a file system or a link does not allow. */
export function noteNameFor(question: string): string {
  const line = question.trim().split('\n', 1)[0] ?? '';
  const plain = line
    .replace(/[<>:"/\\|?*#^[\]\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (plain.length <= longestName) return plain || 'Answer';
  const cut = plain.slice(0, longestName);
  const word = cut.lastIndexOf(' ');
  return cut.slice(0, word > longestName / 2 ? word : longestName).trimEnd();
}

/** An answer as a note: its name, its words, and the passages that it cites, each with a link to its place. */
export function answerNote(name: string, message: Pick<Message, 'text' | 'notes'>, folderId: string): string {
  const answer = message.text.replace(/\r\n?/g, '\n').trim();
  const head = /^#[ \t]/.test(answer) ? answer : `# ${name}\n\n${answer}`;
  const sources = citedSources(answer, message.notes?.sources ?? []);
  if (sources.length === 0) return `${head}\n`;
  const parts = sources.map(
    (source) => `**[${source.number}]** ${placeIn(folderId, source)}\n\n${quote(source)}`,
  );
  return `${head}\n\n## Sources\n\n${parts.join('\n\n')}\n`;
}

/** The sources whose numbers stand in the answer, by number. */
function citedSources(answer: string, sources: readonly Source[]): Source[] {
  const cited = new Set([...answer.matchAll(/\[(\d{1,4})\]/g)].map(([, number]) => Number(number)));
  return sources.filter(({ number }) => cited.has(number)).sort((a, b) => a.number - b.number);
}

/** A link, or plain words where links do not lead: into another folder of notes, or an attached file. */
function placeIn(folderId: string, source: Source): string {
  if (!('folderId' in source)) return [source.path, source.heading].filter(Boolean).join(' › ');
  const path = source.path.replace(/\.md$/i, '');
  const heading = (source.heading.split(' › ').at(-1) ?? '')
    .replace(/[#|^[\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (source.folderId !== folderId || /[[\]#|^]/.test(path)) return source.path;
  return heading === '' ? `[[${path}]]` : `[[${path}#${heading}]]`;
}

/** On one line, so that nothing of the passage becomes a heading or a list of this note. */
function quote({ text }: Source): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `> ${line.length > longestQuote ? `${line.slice(0, longestQuote).trimEnd()}…` : line}`;
}

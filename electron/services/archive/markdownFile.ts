import type { FileChat, FileMessage } from '../../contract/chatFile.ts';
import { dayOf } from './fileNames.ts';
import { quietMarkdown } from './quietMarkdown.ts';

/** Who speaks, as a heading says it. */
export const speakerOf = ({ role, model }: FileMessage): string =>
  role === 'user' ? 'You' : (model?.name ?? 'Answer');

/** A branch of a chat as Markdown to read: nothing in it is loaded when it is shown. */
export function* writeMarkdown(chat: FileChat, branch: readonly FileMessage[]): Generator<string, void> {
  yield `# ${oneLine(chat.title)}\n\n`;
  const tags = chat.tags.map((tag) => `#${oneLine(tag).replace(/ /g, '-')}`);
  yield `${[dayOf(chat.createdAt), ...tags].join(' ')}\n`;
  for (const message of branch) {
    yield `\n## ${oneLine(speakerOf(message))}\n\n`;
    if (message.thought.trim() !== '')
      yield `${quote(`Thought:\n\n${quietMarkdown(message.thought.trim())}`)}\n\n`;
    yield `${quietMarkdown(message.text.trim())}\n`;
    if (message.attachments.length > 0) yield `\n*With ${oneLine(filesOf(message))}*\n`;
    const note = stateWords(message);
    if (note) yield `\n*${note}*\n`;
    const sources = message.notes?.sources ?? [];
    if (sources.length > 0) yield `\n${sources.map(sourceLine).join('\n')}\n`;
  }
}

/** What a reader should know about a message that did not come whole. */
export function stateWords({ state, damaged }: FileMessage): string | null {
  if (damaged) return 'This message was damaged on disk.';
  if (state === 'stopped') return 'Stopped here.';
  if (state === 'interrupted' || state === 'streaming') return 'Interrupted here.';
  return state === 'failed' ? 'Failed here.' : null;
}

/** The names of the files that went with a message. */
export const filesOf = ({ attachments }: FileMessage): string =>
  attachments.map(({ name }) => name).join(', ');

type Source = NonNullable<FileMessage['notes']>['sources'][number];

/** A passage that an answer could cite, by its note and heading. */
export const sourceWords = ({ path, heading }: Source): string => [path, heading].filter(Boolean).join(' › ');

const sourceLine = (source: Source) => `- [${source.number}] ${oneLine(sourceWords(source))}`;
const oneLine = (text: string) => quietMarkdown(text.replace(/[\s\p{Cc}]+/gu, ' ').trim());
const quote = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

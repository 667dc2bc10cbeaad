import type { Tally } from '../tally.ts';
import type { ForeignChat, ForeignMessage } from './foreign.ts';
import { type Json, listOf, nameOf, objectOf, textOf, timeOf } from './values.ts';

/** Reads a thread of Jan: what its `thread.json` says (null where it cannot be read), and the lines of its `messages.jsonl`. */
export function readJan(
  folder: string,
  thread: Json | null,
  lines: readonly Json[],
  left: Tally,
): ForeignChat {
  const messages: ForeignMessage[] = [];
  const assistant = objectOf(listOf(thread?.['assistants'])[0]);
  const model =
    nameOf(objectOf(thread?.['model'])?.['id']) ??
    nameOf(objectOf(assistant?.['model'])?.['id']) ??
    nameOf(thread?.['model_id']);
  const sorted = [...lines].sort((a, b) => (timeOf(a['created_at']) ?? 0) - (timeOf(b['created_at']) ?? 0));
  for (const [place, line] of sorted.entries()) {
    const role = textOf(line['role']);
    if (role !== 'user' && role !== 'assistant') {
      left.add(role === 'system' ? 'system prompts' : 'steps and results of tools');
      continue;
    }
    const files = listOf(line['attachments']).length;
    if (files > 0) left.add('attached files', files);
    const key = nameOf(line['id']) ?? `${place}`;
    messages.push({
      key,
      parent: messages.at(-1)?.key ?? null,
      role,
      ...readContent(line['content'], left),
      at: timeOf(line['created_at']),
      model: role === 'assistant' ? model : null,
    });
  }
  const title = nameOf(thread?.['title']) ?? textOf(objectOf(thread?.['metadata'])?.['title']);
  return {
    app: 'Jan',
    key: nameOf(thread?.['id']) ?? folder,
    title: title === 'New Thread' ? '' : title,
    createdAt: timeOf(thread?.['created']),
    updatedAt: timeOf(thread?.['updated']),
    pinned: objectOf(thread?.['metadata'])?.['is_favorite'] === true || thread?.['isFavorite'] === true,
    leaf: messages.at(-1)?.key ?? null,
    messages,
  };
}

function readContent(content: unknown, left: Tally): { text: string; thought: string } {
  if (typeof content === 'string') return { text: content, thought: '' };
  const texts: string[] = [];
  const thoughts: string[] = [];
  for (const part of listOf(content).map(objectOf)) {
    const type = textOf(part?.['type']);
    const value = textOf(objectOf(part?.['text'])?.['value']) || textOf(part?.['text']);
    if (type === 'text') texts.push(value);
    else if (type === 'reasoning') thoughts.push(value);
    else
      left.add(
        type.includes('image')
          ? 'images'
          : type.includes('tool')
            ? 'steps and results of tools'
            : 'other parts of messages',
      );
  }
  return { text: texts.join('\n\n'), thought: thoughts.join('\n\n') };
}

import type { Rating } from '../../../contract/conversations.ts';
import type { Tally } from '../tally.ts';
import type { ForeignChat, ForeignMessage } from './foreign.ts';
import { type Json, listOf, nameOf, objectOf, textOf, timeOf } from './values.ts';

/** Thoughts, as Open WebUI keeps them inside of an answer. */
const reasoning = /<details type="reasoning"[^>]*>\s*(?:<summary>[^<]*<\/summary>)?([\s\S]*?)<\/details>\s*/g;

/** Whether this is a chat of an export of Open WebUI. */
export function isOpenWebUi(value: Json): boolean {
  const chat = objectOf(value['chat']);
  return chat !== null && (objectOf(chat['history']) !== null || Array.isArray(chat['messages']));
}

/** Reads a chat of Open WebUI: the tree in its history, or where there is none the list of its messages. */
export function readOpenWebUi(value: Json, left: Tally): ForeignChat {
  const chat = objectOf(value['chat']) ?? {};
  const history = objectOf(chat['history']) ?? {};
  const tree = Object.entries(objectOf(history['messages']) ?? {});
  const messages: ForeignMessage[] = [];
  if (tree.length > 0)
    for (const [key, node] of tree) {
      const message = readMessage(key, nameOf(objectOf(node)?.['parentId']), objectOf(node), left);
      if (message) messages.push(message);
    }
  else
    for (const [place, node] of listOf(chat['messages']).entries()) {
      const message = readMessage(`${place}`, messages.at(-1)?.key ?? null, objectOf(node), left);
      if (message) messages.push(message);
    }
  const tags = listOf(objectOf(value['meta'])?.['tags'] ?? chat['tags']).map(
    (tag) => nameOf(tag) ?? textOf(objectOf(tag)?.['name']),
  );
  return {
    app: 'Open WebUI',
    key: nameOf(value['id']) ?? nameOf(chat['id']) ?? `${textOf(chat['title'])} ${chat['timestamp']}`,
    title: nameOf(value['title']) ?? textOf(chat['title']),
    createdAt: timeOf(value['created_at']) ?? timeOf(chat['timestamp']),
    updatedAt: timeOf(value['updated_at']),
    pinned: value['pinned'] === true,
    archived: value['archived'] === true,
    tags: tags.filter((tag) => tag !== 'none'),
    leaf: nameOf(history['currentId']) ?? messages.at(-1)?.key ?? null,
    messages,
  };
}

function readMessage(
  key: string,
  parent: string | null,
  node: Json | null,
  left: Tally,
): ForeignMessage | null {
  const role = textOf(node?.['role']);
  if (!node || (role !== 'user' && role !== 'assistant')) {
    left.add(role === 'system' ? 'system prompts' : 'messages of unknown kinds');
    return null;
  }
  const files = listOf(node['files']).length;
  if (files > 0) left.add('attached files', files);
  const thoughts: string[] = [];
  const text = readContent(node['content'], left).replace(reasoning, (_, thought: string) => {
    thoughts.push(thought.replace(/^(?:&gt;|>) ?/gm, '').trim());
    return '';
  });
  return {
    key,
    parent,
    role,
    text,
    thought: thoughts.join('\n\n'),
    at: timeOf(node['timestamp']),
    model: nameOf(node['modelName']) ?? nameOf(node['model']),
    rating: ratingOf(objectOf(node['annotation'])?.['rating']),
  };
}

function readContent(content: unknown, left: Tally): string {
  if (typeof content === 'string') return content;
  const parts = listOf(content).map(objectOf);
  const others = parts.filter((part) => part?.['type'] !== 'text').length;
  if (others > 0) left.add('images', others);
  return parts.map((part) => textOf(part?.['text'])).join('\n\n');
}

function ratingOf(value: unknown): Rating | null {
  if (value === 1 || value === '1') return 'good';
  return value === -1 || value === '-1' ? 'bad' : null;
}

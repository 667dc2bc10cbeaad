import type { Tally } from '../tally.ts';
import type { ForeignChat, ForeignMessage } from './foreign.ts';
import { type Json, listOf, nameOf, objectOf, textOf, timeOf } from './values.ts';

/** Marks that stand for links to search results, which the export does not hold. */
const citation = /\ue200[^\ue201]*\ue201/g;

/** Whether this is a chat of ChatGPT's `conversations.json`. */
export const isChatGpt = (value: Json): boolean => objectOf(value['mapping']) !== null;

/** Reads a chat of ChatGPT: a tree of nodes, of which some hold messages. */
export function readChatGpt(value: Json, left: Tally): ForeignChat {
  const nodes = Object.entries(objectOf(value['mapping']) ?? {});
  const parents = new Map(nodes.map(([key, node]) => [key, nameOf(objectOf(node)?.['parent'])]));
  const taken = new Map<string, ForeignMessage>();
  for (const [key, node] of nodes) {
    const message = readNode(key, objectOf(objectOf(node)?.['message']), left);
    if (message) taken.set(key, message);
  }
  // What is left out in between must not cut the chat in two.
  const above = (key: string): string | null => {
    let at = parents.get(key) ?? null;
    for (let steps = 0; at !== null && !taken.has(at) && steps < nodes.length; steps++)
      at = parents.get(at) ?? null;
    return at !== null && taken.has(at) ? at : null;
  };
  const current = nameOf(value['current_node']);
  return {
    app: 'ChatGPT',
    key:
      nameOf(value['conversation_id']) ??
      nameOf(value['id']) ??
      `${textOf(value['title'])} ${value['create_time']}`,
    title: textOf(value['title']),
    createdAt: timeOf(value['create_time']),
    updatedAt: timeOf(value['update_time']),
    pinned: value['is_starred'] === true || timeOf(value['pinned_time']) !== null,
    archived: value['is_archived'] === true,
    leaf: current === null || taken.has(current) ? current : above(current),
    messages: [...taken.values()].map((message) => ({ ...message, parent: above(message.key) })),
  };
}

function readNode(key: string, message: Json | null, left: Tally): ForeignMessage | null {
  if (!message) return null;
  const role = textOf(objectOf(message['author'])?.['role']);
  const metadata = objectOf(message['metadata']) ?? {};
  const content = objectOf(message['content']) ?? {};
  const { text, thought } = readContent(content, left);
  if (text === '' && thought === '') return null;
  if (metadata['is_visually_hidden_from_conversation'] === true || role === 'system') {
    left.add('hidden messages and instructions');
    return null;
  }
  const toTool = role === 'assistant' && !['all', ''].includes(textOf(message['recipient']));
  if (toTool || (role !== 'user' && role !== 'assistant')) {
    left.add('steps and results of tools');
    return null;
  }
  return {
    key,
    parent: null,
    role,
    text,
    thought,
    at: timeOf(message['create_time']),
    model: nameOf(metadata['model_slug']),
  };
}

function readContent(content: Json, left: Tally): { text: string; thought: string } {
  const type = textOf(content['content_type']);
  if (type === 'thoughts') {
    const thoughts = listOf(content['thoughts']).map((one) =>
      [textOf(objectOf(one)?.['summary']), textOf(objectOf(one)?.['content'])].filter(Boolean).join('\n'),
    );
    return { text: '', thought: thoughts.join('\n\n') };
  }
  // How long was thought, and what the person wrote about themselves: no parts of the talk.
  if (type === 'reasoning_recap' || type.endsWith('_editable_context')) return { text: '', thought: '' };
  const parts = listOf(content['parts']).map((part) => readPart(part, left));
  const text = [...parts, textOf(content['text'])].filter((part) => part.trim() !== '').join('\n\n');
  return { text: text.replace(citation, ''), thought: '' };
}

function readPart(part: unknown, left: Tally): string {
  if (typeof part === 'string') return part;
  const object = objectOf(part);
  if (!object) return '';
  const type = textOf(object['content_type']);
  if (type === 'audio_transcription') return textOf(object['text']);
  left.add(
    type.includes('image')
      ? 'images'
      : type.includes('audio') || type.includes('video')
        ? 'recordings'
        : 'other parts of messages',
  );
  return '';
}

import type { Tally } from '../tally.ts';
import type { ForeignChat, ForeignMessage } from './foreign.ts';
import { type Json, listOf, nameOf, objectOf, textOf, timeOf } from './values.ts';

/** Whether this is a conversation file of LM Studio: messages in versions. */
export function isLmStudio(value: Json): boolean {
  const messages = listOf(value['messages']);
  return (
    Array.isArray(value['messages']) &&
    messages.every((message) => Array.isArray(objectOf(message)?.['versions'])) &&
    (messages.length > 0 || 'createdAt' in value)
  );
}

/** Reads a conversation of LM Studio: the chosen version of each message goes on, the others stand beside it. */
export function readLmStudio(value: Json, left: Tally): ForeignChat {
  const messages: ForeignMessage[] = [];
  const model = nameOf(objectOf(value['lastUsedModel'])?.['identifier']);
  let parent: string | null = null;
  for (const [place, message] of listOf(value['messages']).entries()) {
    const versions = listOf(objectOf(message)?.['versions']);
    const chosen = Number(objectOf(message)?.['currentlySelected'] ?? 0);
    let next: string | null = null;
    for (const [number, version] of versions.entries()) {
      const read = readVersion(objectOf(version), left);
      if (!read) continue;
      const key = `${place}-${number}`;
      messages.push({ model, ...read, key, parent, at: null });
      if (number === chosen || next === null) next = key;
    }
    parent = next ?? parent;
  }
  const createdAt = timeOf(value['createdAt']);
  const ends = [value['userLastMessagedAt'], value['assistantLastMessagedAt']].map(timeOf);
  return {
    app: 'LM Studio',
    key: `${createdAt ?? ''} ${textOf(value['name'])} ${messages[0]?.text.slice(0, 80) ?? ''}`,
    title: textOf(value['name']),
    createdAt,
    updatedAt: ends.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null),
    pinned: value['pinned'] === true,
    leaf: parent,
    messages,
    instructions: textOf(value['systemPrompt']),
  };
}

type Read = Pick<ForeignMessage, 'role' | 'text' | 'thought'> & Partial<Pick<ForeignMessage, 'model'>>;

function readVersion(version: Json | null, left: Tally): Read | null {
  const role = textOf(version?.['role']);
  if (!version || (role !== 'user' && role !== 'assistant')) {
    left.add(role === 'system' ? 'system prompts' : 'messages of unknown kinds');
    return null;
  }
  const steps = listOf(version['steps']).map(objectOf);
  if (steps.length === 0) return { role, text: readParts(version['content'], left), thought: '' };
  const texts: string[] = [];
  const thoughts: string[] = [];
  for (const step of steps) {
    if (textOf(step?.['type']) !== 'contentBlock') {
      if (textOf(step?.['type']).startsWith('tool')) left.add('steps and results of tools');
      continue;
    }
    const isThought = objectOf(step?.['style'])?.['type'] === 'thinking';
    (isThought ? thoughts : texts).push(readParts(step?.['content'], left));
  }
  const model = nameOf(objectOf(version['senderInfo'])?.['senderName']);
  return { role, text: texts.join('\n\n'), thought: thoughts.join('\n\n'), ...(model && { model }) };
}

function readParts(content: unknown, left: Tally): string {
  if (typeof content === 'string') return content;
  const texts: string[] = [];
  for (const part of listOf(content).map(objectOf)) {
    const type = textOf(part?.['type']);
    if (type === 'text') texts.push(textOf(part?.['text']));
    else
      left.add(
        type === 'file'
          ? 'attached files'
          : type.startsWith('tool')
            ? 'steps and results of tools'
            : 'other parts of messages',
      );
  }
  return texts.join('\n\n');
}

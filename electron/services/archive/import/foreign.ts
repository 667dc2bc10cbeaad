import type { FileMessage, WholeChat } from '../../../contract/chatFile.ts';
import { chatSettings } from '../../../contract/chatSettings.ts';
import type { Rating } from '../../../contract/conversations.ts';
import { newId } from '../../conversations/newId.ts';
import { defaultTitle, titleFrom } from '../../conversations/titles.ts';
import { emptyMessage } from '../../conversations/wholeChats.ts';
import type { Tally } from '../tally.ts';

/** A message of another app, as far as Inkling has a place for it. */
export interface ForeignMessage {
  /** Its name within its chat. */
  readonly key: string;
  readonly parent: string | null;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly thought?: string;
  readonly at: number | null;
  readonly model?: string | null;
  readonly rating?: Rating | null;
}

/** A chat of another app. */
export interface ForeignChat {
  readonly app: string;
  /** Its name within its app; with it, a second import knows the chat again. */
  readonly key: string;
  readonly title: string;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly pinned?: boolean;
  readonly archived?: boolean;
  readonly tags?: readonly string[];
  /** The end of the branch that was shown. */
  readonly leaf: string | null;
  readonly messages: readonly ForeignMessage[];
  /** The chat's own system prompt. */
  readonly instructions?: string;
}

const mostTags = 20;

/** Makes a chat of Inkling of one of another app; null where there is not a word in it. */
export function toWholeChat(foreign: ForeignChat, now: number, left: Tally): WholeChat | null {
  const ordered = mergeRuns(inOrder(foreign.messages, left)).filter(
    ({ text, thought = '' }) => text.trim() !== '' || thought.trim() !== '',
  );
  const kept = new Set(ordered.map(({ key }) => key));
  const parents = new Map(foreign.messages.map(({ key, parent }) => [key, parent]));
  const first = ordered.find(({ role }) => role === 'user') ?? ordered[0];
  if (!first) return null;
  const createdAt = foreign.createdAt ?? ordered.find(({ at }) => at !== null)?.at ?? now;
  const ids = new Map(ordered.map(({ key }) => [key, newId()]));
  const idOf = (key: string | null) => ids.get(nearest(key, kept, parents) ?? '') ?? null;
  const messages = ordered.map((message, index): FileMessage => {
    const { text, thought } = takeThought(message);
    return {
      ...emptyMessage,
      state: 'done',
      id: ids.get(message.key) ?? newId(),
      parentId: idOf(message.parent),
      role: message.role,
      text,
      thought,
      createdAt: message.at ?? createdAt + index,
      model: message.model ? { id: 'imported', name: plain(message.model).slice(0, 200) } : null,
      endReason: message.role === 'assistant' ? 'complete' : null,
      rating: message.role === 'assistant' ? (message.rating ?? null) : null,
    };
  });
  const title = plain(foreign.title).slice(0, 200).trim();
  return {
    chat: {
      id: newId(),
      title: title || titleFrom(first.text) || defaultTitle,
      named: title ? 'person' : 'words',
      createdAt,
      updatedAt: foreign.updatedAt ?? messages.at(-1)?.createdAt ?? createdAt,
      leafId: idOf(foreign.leaf) ?? messages.at(-1)?.id ?? null,
      pinned: foreign.pinned ?? false,
      archived: foreign.archived ?? false,
      tags: (foreign.tags ?? [])
        .map((tag) => plain(tag).replace(/[,"]/g, ' ').trim().slice(0, 50))
        .filter(Boolean)
        .slice(0, mostTags),
      settings: chatSettings.parse(
        foreign.instructions?.trim() ? { instructions: foreign.instructions.slice(0, 100_000) } : {},
      ),
      origin: `${foreign.app}: ${foreign.key}`.slice(0, 400),
    },
    messages,
    attachments: [],
  };
}

/** One line without signs that no title should have. */
const plain = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

function nearest(
  key: string | null,
  kept: ReadonlySet<string>,
  parents: ReadonlyMap<string, string | null>,
): string | null {
  let at = key;
  for (let steps = 0; at !== null && !kept.has(at) && steps <= parents.size; steps++)
    at = parents.get(at) ?? null;
  return at !== null && kept.has(at) ? at : null;
}

/** What the model thought, where it stands in the text between tags, as several apps keep it. */
function takeThought({ role, text, thought = '' }: ForeignMessage): { text: string; thought: string } {
  const inText = role === 'assistant' ? /^\s*<think(?:ing)?>([\s\S]*?)<\/think(?:ing)?>\s*/.exec(text) : null;
  if (!inText) return { text, thought };
  return {
    text: text.slice(inText[0].length),
    thought: [thought, (inText[1] ?? '').trim()].filter(Boolean).join('\n\n'),
  };
}

/** Parents before children, else as they came. What hangs in a circle is left out. */
function inOrder(messages: readonly ForeignMessage[], left: Tally): ForeignMessage[] {
  const known = new Set<string>();
  const single = messages.filter(({ key }) => !known.has(key) && known.add(key));
  if (single.length < messages.length)
    left.add('messages with the name of another one', messages.length - single.length);
  const children = new Map<string | null, ForeignMessage[]>();
  for (const message of single) {
    const parent = message.parent !== null && known.has(message.parent) ? message.parent : null;
    const group = children.get(parent);
    if (group) group.push(message);
    else children.set(parent, [message]);
  }
  const ordered = [...(children.get(null) ?? [])];
  // The list grows while it is gone through.
  for (const { key } of ordered) ordered.push(...(children.get(key) ?? []));
  if (ordered.length < single.length)
    left.add('messages that follow each other in a circle', single.length - ordered.length);
  return ordered;
}

/** Joins what one side said in a row without another version beside it: other apps keep each step as a message. */
function mergeRuns(messages: readonly ForeignMessage[]): ForeignMessage[] {
  const byKey = new Map<string, ForeignMessage>();
  const count = new Map<string, number>();
  for (const { parent } of messages) if (parent !== null) count.set(parent, (count.get(parent) ?? 0) + 1);
  const merged = new Map<string, string>();
  const into = (key: string) => {
    let at = key;
    for (let next = merged.get(at); next !== undefined; next = merged.get(at)) at = next;
    return at;
  };
  for (const message of messages) {
    const parentKey = message.parent === null ? null : into(message.parent);
    const parent = parentKey === null ? undefined : byKey.get(parentKey);
    if (!parent || parent.role !== message.role || count.get(message.parent ?? '') !== 1) {
      byKey.set(message.key, { ...message, parent: parentKey });
      continue;
    }
    merged.set(message.key, parent.key);
    byKey.set(parent.key, {
      ...parent,
      text: join(parent.text, message.text),
      thought: join(parent.thought, message.thought),
      model: message.model ?? parent.model ?? null,
      rating: message.rating ?? parent.rating ?? null,
    });
  }
  return [...byKey.values()];
}

const join = (a = '', b = '') => [a, b].filter((text) => text.trim() !== '').join('\n\n');

import type { FileMessage, WholeChat } from '../../contract/chatFile.ts';

interface Spoken {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** The shown conversation of a chat as one line, without answers that failed or were rated bad; null if nothing is left. */
export function conversationLine({ chat, messages }: WholeChat): string | null {
  const spoken = toSpoken(branchOf(messages, chat.leafId).filter(isGood));
  while (spoken.at(-1)?.role === 'user') spoken.pop();
  return spoken.length < 2 ? null : `${JSON.stringify({ messages: spoken })}\n`;
}

/**
 * Pairs of answers to the same words, a line each: the better one by rating; without ratings the one that the person
 * went on from against those that were left (`by` says which).
 */
export function preferenceLines({ chat, messages }: WholeChat): readonly string[] {
  const lines: string[] = [];
  const continued = new Set(messages.map(({ parentId }) => parentId));
  const shown = new Set(branchOf(messages, chat.leafId).map(({ id }) => id));
  for (const [parentId, answers] of groupAnswers(messages)) {
    const prompt = toSpoken(branchOf(messages, parentId));
    if (prompt.length === 0) continue;
    const pair = (by: string, chosen: FileMessage, rejected: FileMessage) => {
      if (chosen.text.trim() === rejected.text.trim()) return;
      const line = { prompt, chosen: toSpoken([chosen]), rejected: toSpoken([rejected]), by };
      lines.push(`${JSON.stringify(line)}\n`);
    };
    const good = answers.filter(({ rating }) => rating === 'good');
    const bad = answers.filter(({ rating }) => rating === 'bad');
    for (const chosen of good) for (const rejected of bad) pair('rating', chosen, rejected);
    if (good.length > 0 && bad.length > 0) continue;
    const kept = answers.filter(({ id, rating }) => rating !== 'bad' && continued.has(id) && shown.has(id));
    const leftOut = answers.filter(({ id, rating }) => rating !== 'good' && !continued.has(id));
    for (const chosen of kept) for (const rejected of leftOut) pair('choice', chosen, rejected);
  }
  return lines;
}

/** The messages from the first one down to this one. */
export function branchOf(messages: readonly FileMessage[], leafId: string | null): FileMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: FileMessage[] = [];
  for (let at = leafId === null ? undefined : byId.get(leafId); at; ) {
    branch.push(at);
    // Each is asked for once, so that damage cannot lead in circles.
    byId.delete(at.id);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return branch.reverse();
}

const isGood = ({ role, state, rating, damaged }: FileMessage) =>
  role === 'user' ? !damaged : state === 'done' && rating !== 'bad' && !damaged;

function groupAnswers(messages: readonly FileMessage[]): Map<string, FileMessage[]> {
  const groups = new Map<string, FileMessage[]>();
  for (const message of messages) {
    if (message.role !== 'assistant' || message.parentId === null) continue;
    if (message.state !== 'done' || message.damaged || message.text.trim() === '') continue;
    const group = groups.get(message.parentId);
    if (group) group.push(message);
    else groups.set(message.parentId, [message]);
  }
  return groups;
}

/** Turns that alternate: what one side said in a row is one message. */
function toSpoken(branch: readonly FileMessage[]): Spoken[] {
  const spoken: Spoken[] = [];
  for (const { role, text } of branch) {
    if (text.trim() === '') continue;
    const last = spoken.at(-1);
    if (last?.role === role) spoken[spoken.length - 1] = { role, content: `${last.content}\n\n${text}` };
    else spoken.push({ role, content: text });
  }
  return spoken;
}

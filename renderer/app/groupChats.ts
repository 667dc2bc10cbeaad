import type { Conversation } from '../../electron/contract/conversations.ts';

/** A line of the sidebar: the name of a span of days, a chat, or the way to those that were put away. */
export type ChatRow =
  | { readonly kind: 'group'; readonly key: string; readonly label: string }
  | { readonly kind: 'chat'; readonly key: string; readonly chat: Conversation }
  | { readonly kind: 'archive'; readonly key: string; readonly count: number };

const dayMs = 86_400_000;
const monthOfYear = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });
const monthAlone = new Intl.DateTimeFormat('en', { month: 'long' });

/**
 * Puts names of days between chats that are sorted newest first; pinned ones come before all, archived ones after all,
 * if they are to be shown. `now` in ms.
 */
export function groupChats(
  chats: readonly Conversation[],
  now: number,
  showArchived = false,
): readonly ChatRow[] {
  const name = groupNamer(now);
  const pinned: Conversation[] = [];
  const archived: Conversation[] = [];
  const rows: ChatRow[] = [];
  let last = '';
  for (const chat of chats) {
    if (chat.archived) archived.push(chat);
    else if (chat.pinned) pinned.push(chat);
    else {
      const label = name(chat.updatedAt);
      if (label !== last) rows.push(groupRow(label));
      last = label;
      rows.push(chatRow(chat));
    }
  }
  if (pinned.length > 0) rows.unshift(groupRow('Pinned'), ...pinned.map(chatRow));
  if (archived.length > 0) rows.push({ kind: 'archive', key: 'archive', count: archived.length });
  if (showArchived) rows.push(...archived.map(chatRow));
  return rows;
}

const groupRow = (label: string): ChatRow => ({ kind: 'group', key: `group ${label}`, label });
const chatRow = (chat: Conversation): ChatRow => ({ kind: 'chat', key: chat.id, chat });

function groupNamer(now: number): (at: number) => string {
  const today = new Date(now);
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).getTime();
  let lastMonth = '';
  let lastLabel = '';
  return (at) => {
    if (at >= midnight) return 'Today';
    if (at >= yesterday) return 'Yesterday';
    if (at >= midnight - 7 * dayMs) return 'Last week';
    const date = new Date(at);
    // Formatting a date is slow; ten thousand chats share few months.
    const month = `${date.getFullYear()}-${date.getMonth()}`;
    if (month !== lastMonth) {
      lastMonth = month;
      lastLabel = (date.getFullYear() === today.getFullYear() ? monthAlone : monthOfYear).format(date);
    }
    return lastLabel;
  };
}

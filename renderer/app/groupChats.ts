import type { Conversation } from '../../electron/contract/conversations.ts';

/** A line of the sidebar: the name of a span of days, or a chat. */
export type ChatRow =
  | { readonly kind: 'group'; readonly key: string; readonly label: string }
  | { readonly kind: 'chat'; readonly key: string; readonly chat: Conversation };

const dayMs = 86_400_000;
const monthOfYear = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });
const monthAlone = new Intl.DateTimeFormat('en', { month: 'long' });

/** Puts names of days between chats that are sorted newest first. `now` in ms. */
export function groupChats(chats: readonly Conversation[], now: number): readonly ChatRow[] {
  const name = groupNamer(now);
  const rows: ChatRow[] = [];
  let last = '';
  for (const chat of chats) {
    const label = name(chat.updatedAt);
    if (label !== last) rows.push({ kind: 'group', key: `group ${label}`, label });
    last = label;
    rows.push({ kind: 'chat', key: chat.id, chat });
  }
  return rows;
}

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

import { expect, it } from 'vitest';
import { type ChatRow, groupChats } from '../../../renderer/app/groupChats.ts';

const now = new Date(2026, 2, 3, 0, 30).getTime();
const chat = (id: string, date: Date, marks: { pinned?: boolean; archived?: boolean } = {}) => {
  const at = date.getTime();
  const plain = { pinned: false, archived: false, tags: [] };
  return { id, title: id, createdAt: at, updatedAt: at, leafId: null, ...plain, ...marks };
};
const shown = (rows: readonly ChatRow[]) =>
  rows.map((row) =>
    row.kind === 'group' ? `[${row.label}]` : row.kind === 'archive' ? `(${row.count})` : row.chat.id,
  );

it('names days by the calendar, not by hours, and older chats by month and year', () => {
  const rows = groupChats(
    [
      chat('just now', new Date(2026, 2, 3, 0, 10)),
      chat('an hour ago', new Date(2026, 2, 2, 23, 30)),
      chat('three days', new Date(2026, 1, 28)),
      chat('february', new Date(2026, 1, 3)),
      chat('also february', new Date(2026, 1, 2)),
      chat('last year', new Date(2025, 11, 24)),
    ],
    now,
  );
  expect(shown(rows)).toEqual([
    '[Today]',
    'just now',
    '[Yesterday]',
    'an hour ago',
    '[Last week]',
    'three days',
    '[February]',
    'february',
    'also february',
    '[December 2025]',
    'last year',
  ]);
});

it('puts pinned chats before all days, and archived ones after them, where somebody looks for them', () => {
  const chats = [
    chat('new', new Date(2026, 2, 3)),
    chat('away', new Date(2026, 2, 3), { archived: true, pinned: true }),
    chat('kept', new Date(2025, 2, 2), { pinned: true }),
  ];
  expect(shown(groupChats(chats, now))).toEqual(['[Pinned]', 'kept', '[Today]', 'new', '(1)']);
  expect(shown(groupChats(chats, now, true))).toEqual(['[Pinned]', 'kept', '[Today]', 'new', '(1)', 'away']);
});

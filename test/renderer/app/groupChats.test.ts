import { expect, it } from 'vitest';
import { groupChats } from '../../../renderer/app/groupChats.ts';

const now = new Date(2026, 2, 3, 0, 30).getTime();
const chat = (id: string, date: Date) => {
  const at = date.getTime();
  return { id, title: id, createdAt: at, updatedAt: at, leafId: null };
};

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
  expect(rows.map((row) => (row.kind === 'group' ? `[${row.label}]` : row.chat.id))).toEqual([
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

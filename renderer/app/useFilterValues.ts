import { useMemo } from 'react';
import { isChatModel } from '../stores/library.ts';
import { openFilter } from './searchWords.ts';
import { useStore } from './stores.tsx';
import { useTags } from './useTags.ts';

/** One way to end the filter that is being typed. */
export interface FilterValue {
  readonly name: string;
  readonly value: string;
  readonly label: string;
}

const most = 8;
const fixed: Readonly<Record<string, readonly (readonly [value: string, label: string])[]>> = {
  from: [
    ['me', 'From me'],
    ['model', 'From the model'],
  ],
  has: [
    ['notes', 'Answers from notes'],
    ['thoughts', 'Answers with thoughts'],
    ['code', 'With code'],
  ],
  is: [
    ['pinned', 'Pinned chats'],
    ['archived', 'Archived chats'],
  ],
  rated: [
    ['good', 'Answers rated good'],
    ['bad', 'Answers rated bad'],
  ],
  after: [
    ['today', 'Today'],
    ['yesterday', 'Since yesterday'],
  ],
  before: [
    ['today', 'Before today'],
    ['yesterday', 'Before yesterday'],
  ],
  on: [
    ['today', 'Today'],
    ['yesterday', 'Yesterday'],
  ],
};

/** What could end the filter at the end of the typed text; nothing where none is being typed. */
export function useFilterValues(query: string): readonly FilterValue[] {
  const tags = useTags();
  const models = useStore('library', (state) => state.library?.models);
  return useMemo(() => {
    const open = openFilter(query);
    if (!open) return [];
    const { name, value } = open;
    const typed = value.toLowerCase();
    const all =
      name === 'tag'
        ? tags.map(({ tag, count }) => [tag, `${tag} (${count})`] as const)
        : name === 'model'
          ? (models ?? []).filter(isChatModel).map((model) => [model.name, model.name] as const)
          : [...(fixed[name] ?? []), ...months(name)];
    return all
      .filter(([one]) => one.toLowerCase().includes(typed) && one.toLowerCase() !== typed)
      .slice(0, most)
      .map(([one, label]) => ({ name, value: one, label }));
  }, [query, tags, models]);
}

const monthName = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });
const words: Readonly<Record<string, string>> = { after: 'Since', before: 'Before', on: 'In' };

/** The last months and this year, for filters about time. */
function months(name: string): readonly (readonly [string, string])[] {
  const word = words[name];
  if (!word) return [];
  const now = new Date();
  const last = [0, 1, 2].map((back) => new Date(now.getFullYear(), now.getMonth() - back, 1));
  return [
    ...last.map((date): readonly [string, string] => [
      `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`,
      `${word} ${monthName.format(date)}`,
    ]),
    [`${now.getFullYear()}`, `${word} ${now.getFullYear()}`],
  ];
}

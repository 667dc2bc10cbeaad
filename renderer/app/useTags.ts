import { useMemo } from 'react';
import { useStore } from './stores.tsx';

/** All tags with the number of their chats, the most used first. */
export function useTags(): readonly { readonly tag: string; readonly count: number }[] {
  const chats = useStore('chats', (state) => state.sorted);
  return useMemo(() => {
    const counts = new Map<string, { tag: string; count: number }>();
    for (const { tags } of chats)
      for (const tag of tags) {
        const key = tag.toLocaleLowerCase('en');
        const known = counts.get(key);
        if (known) known.count++;
        else counts.set(key, { tag, count: 1 });
      }
    return [...counts.values()].sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1));
  }, [chats]);
}

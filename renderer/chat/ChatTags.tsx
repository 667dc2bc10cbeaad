import type { Conversation } from '../../electron/contract/conversations.ts';
import { filterWord } from '../app/searchWords.ts';
import { useStores } from '../app/stores.tsx';
import { Hint } from '../ui/Hint.tsx';
import '../ui/Tag.css';

const shown = 3;

/** The tags of a chat, each leading to all chats that have it, and whether it is put away. */
export function ChatTags({ chat }: { readonly chat: Conversation }) {
  const { ui } = useStores();
  const look = (query: string) => ui.getState().show({ kind: 'palette', query });
  const more = chat.tags.slice(shown);
  if (chat.tags.length === 0 && !chat.archived) return null;
  return (
    <ul className="chat-tags" aria-label="Tags">
      {chat.archived && (
        <li>
          <Hint text="Find archived chats">
            <button type="button" className="tag" onClick={() => look('is:archived ')}>
              Archived
            </button>
          </Hint>
        </li>
      )}
      {chat.tags.slice(0, shown).map((tag) => (
        <li key={tag}>
          <Hint text={`Find chats tagged ${tag}`}>
            <button type="button" className="tag truncate" onClick={() => look(`${filterWord('tag', tag)} `)}>
              {tag}
            </button>
          </Hint>
        </li>
      ))}
      {more.length > 0 && (
        <li>
          <Hint text={more.join(', ')}>
            <button
              type="button"
              className="tag"
              aria-label={`${more.length} more tags`}
              onClick={() => ui.getState().show({ kind: 'tags', id: chat.id })}
            >
              +{more.length}
            </button>
          </Hint>
        </li>
      )}
    </ul>
  );
}

import type { ReactNode } from 'react';
import { openMessage } from '../../app/actions.ts';
import { useStores } from '../../app/stores.tsx';
import { formatCount } from '../../ui/format.ts';
import type { Tone } from './LedgerBar.tsx';

/** One part of what the model sees: its name, its tokens, a few of its words; a stored message opens with a click. */
export function LedgerRow(props: {
  readonly tone: Tone;
  readonly name: string;
  readonly tokens: number;
  readonly detail?: string;
  readonly parts?: readonly { readonly name: string; readonly tokens: number }[];
  /** The chat and the message that it opens. */
  readonly chat?: string | null;
  readonly messageId?: string | undefined;
  readonly bad?: boolean;
  readonly children?: ReactNode;
}) {
  const stores = useStores();
  const { tone, name, tokens, detail, parts = [], chat, messageId, bad, children } = props;
  const words = (
    <>
      <span className="ledger-line">
        <span className="ledger-dot" data-tone={tone} aria-hidden />
        <span className="ledger-name">{name}</span>
        <span className="ledger-tokens">{formatCount(tokens)}</span>
      </span>
      {detail && (
        <span className="ledger-detail truncate" dir="auto">
          {detail}
        </span>
      )}
    </>
  );
  return (
    <li className="ledger-row" data-bad={bad || undefined}>
      {chat && messageId ? (
        <button type="button" className="ledger-open" onClick={() => openMessage(stores, chat, messageId)}>
          {words}
        </button>
      ) : (
        <span className="ledger-still">{words}</span>
      )}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two parts can have one name, and none moves
        <span key={index} className="ledger-part">
          <span className="truncate" dir="auto">
            {part.name}
          </span>
          <span className="ledger-tokens">{formatCount(part.tokens)}</span>
        </span>
      ))}
      {children}
    </li>
  );
}

import { EyeOff, Pin } from 'lucide-react';
import { useState } from 'react';
import type { LedgerEntry } from '../../../electron/contract/ledger.ts';
import { useStores } from '../../app/stores.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { keepTurn } from './keepTurn.ts';
import { toneOf } from './LedgerBar.tsx';
import { LedgerRow } from './LedgerRow.tsx';

const shownTurns = 12;

/** Turns of a chat, the newest ones first shown where they are many; each can be pinned and left out. */
export function TurnRows({
  chat,
  entries,
}: {
  readonly chat: string | null;
  readonly entries: readonly LedgerEntry[];
}) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, entries.length - shownTurns);
  return (
    <>
      {hidden > 0 && (
        <li className="ledger-row">
          <button type="button" className="text-button ledger-more" onClick={() => setAll(true)}>
            Show {formatCount(hidden)} earlier turns
          </button>
        </li>
      )}
      {entries.slice(hidden).map((entry) => (
        <LedgerRow
          key={entry.number}
          tone={entry.state === 'out' ? 'none' : toneOf(entry)}
          name={`Turn ${formatCount(entry.number ?? 0)}`}
          tokens={entry.tokens}
          detail={entry.title}
          chat={chat}
          messageId={entry.messageIds[0]}
        >
          {chat && <TurnTools chat={chat} entry={entry} />}
        </LedgerRow>
      ))}
    </>
  );
}

function TurnTools({ chat, entry }: { readonly chat: string; readonly entry: LedgerEntry }) {
  const stores = useStores();
  const { number, messageIds, pinned, reason } = entry;
  const messageId = messageIds[0];
  if (messageId === undefined) return null;
  const isOut = reason === 'by_hand';
  const set = (wish: 'always' | 'never') => {
    const isSet = wish === 'always' ? pinned : isOut;
    void keepTurn(stores, chat, messageId, isSet ? 'auto' : wish);
  };
  return (
    <span className="ledger-tools" data-set={pinned || isOut || undefined}>
      <IconButton
        small
        icon={Pin}
        label={`Always keep turn ${number}`}
        aria-pressed={pinned}
        onClick={() => set('always')}
      />
      <IconButton
        small
        icon={EyeOff}
        label={`Leave out turn ${number}`}
        aria-pressed={isOut}
        onClick={() => set('never')}
      />
    </span>
  );
}

import { useState } from 'react';
import type { Ledger } from '../../../electron/contract/ledger.ts';
import { newChat } from '../../app/actions.ts';
import { type Stores, useStore, useStores } from '../../app/stores.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { ownOf } from '../own/useOwn.ts';
import { LargerWindow } from './LargerWindow.tsx';
import './PushedOut.css';
import { numbersOf, type Pushed, pushedOut, turnWords } from './ledgerWords.ts';
import { type Stretch, Summarizing, stretchOf } from './Summarizing.tsx';
import { useLedgerOf } from './useLedger.ts';

/** What the words being written push out of the model's window, told before they are sent, and what can be done. */
export function PushedOut({ id, draft }: { readonly id: string | null; readonly draft: string }) {
  const stores = useStores();
  const ledger = useLedgerOf(id);
  const agreed = useStore('ledger', (state) => state.agreed);
  const running = useStore('threads', (state) => (id ? state.threads.get(id)?.running === true : false));
  const [summing, setSumming] = useState<Stretch | null>(null);
  if (summing && id) return <Summarizing chat={id} stretch={summing} onEnd={() => setSumming(null)} />;
  if (!ledger || running || draft.trim() === '') return null;
  if (!ledger.fits) return <TooLong ledger={ledger} />;

  const pushed = pushedOut(ledger);
  const cut = `${id} ${numbersOf(pushed.fresh).join()} ${pushed.unkept.map(({ number }) => number).join()}`;
  if ((pushed.fresh.length === 0 && pushed.unkept.length === 0) || cut === agreed) return null;
  const stretch = stretchOf(ledger.entries);
  return (
    <section className="pushed" aria-label="What is left out">
      <p role="status">{pushedWords(pushed)}</p>
      <div className="pushed-choices">
        <Button small onClick={() => stores.ledger.getState().agree(cut)}>
          Leave out
        </Button>
        {pushed.fresh.length > 0 && id && stretch && (
          <Button small onClick={() => setSumming(stretch)}>
            Sum them up
          </Button>
        )}
        <LargerWindow ledger={ledger} />
        <Button small onClick={() => carryOver(stores, id, draft)}>
          New chat
        </Button>
      </div>
    </section>
  );
}

function TooLong({ ledger }: { readonly ledger: Ledger }) {
  const { tokens, contextSize, room } = ledger;
  return (
    <section className="pushed" data-tone="bad" aria-label="What does not fit">
      <p role="alert">
        Your message and the instructions take {formatCount(tokens)} tokens. The model’s window holds{' '}
        {formatCount(contextSize)}, of which {formatCount(room)} are kept for the answer. Nothing was sent.
        Shorten it, or choose a larger window.
      </p>
      <div className="pushed-choices">
        <LargerWindow ledger={ledger} />
      </div>
    </section>
  );
}

function pushedWords({ fresh, unkept }: Pushed): string {
  const turns = turnWords(numbersOf(fresh));
  const kept = unkept.map(({ kind, number }) => (kind === 'turn' ? `turn ${number}` : 'a summary'));
  return [
    fresh.length > 0
      ? `This leaves out ${turns}. The window is full; ${fresh.length === 1 ? 'it stays' : 'they stay'} in the chat, but the model will not see ${fresh.length === 1 ? 'it' : 'them'}.`
      : '',
    kept.length > 0 ? `There is no room for ${plural(kept.length, 'pinned part')}: ${kept.join(', ')}.` : '',
  ]
    .filter((words) => words !== '')
    .join(' ');
}

/** Takes what was typed into a new chat, which does things in the same way. */
function carryOver(stores: Stores, id: string | null, draft: string): void {
  const { chatSettings, drafts } = stores;
  drafts.getState().set(id ?? '', '');
  drafts.getState().set('', draft);
  void chatSettings.getState().set('', ownOf(stores, id));
  newChat(stores);
}

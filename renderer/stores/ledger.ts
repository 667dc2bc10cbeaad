import { createStore } from 'zustand/vanilla';
import type { Message } from '../../electron/contract/conversations.ts';
import type { Ledger, OutReason } from '../../electron/contract/ledger.ts';
import { type Outs, outsByCut, outsOf } from './ledgerOuts.ts';

/** What the model will see of the shown chat, and how it is shown. */
export interface LedgerStore {
  /** The chat that it is about; empty for one that is not started. */
  readonly chat: string;
  /** Null while no model is loaded to count with. */
  readonly ledger: Ledger | null;
  /** Why messages are not seen, by their ids. */
  readonly outs: Outs;
  /** The panel is open. */
  readonly open: boolean;
  /** The cut that a person agreed to, told by its first and last turn. */
  readonly agreed: string | null;
  /** The ledger of a chat; without one, what its messages tell of the last cut. */
  set(chat: string, ledger: Ledger | null, messages: readonly Message[]): void;
  show(open: boolean): void;
  agree(cut: string | null): void;
  /** Why a message is not seen, in a chat; null if it is. */
  outOf(chat: string, messageId: string): OutReason | null;
}

/** Makes the store of the ledger. */
export function createLedgerStore() {
  return createStore<LedgerStore>((setState, getState) => ({
    chat: '',
    ledger: null,
    outs: new Map(),
    open: false,
    agreed: null,
    set: (chat, ledger, messages) =>
      setState({ chat, ledger, outs: ledger ? outsOf(ledger) : outsByCut(messages) }),
    show: (open) => setState({ open }),
    agree: (agreed) => setState({ agreed }),
    outOf: (chat, messageId) => (getState().chat === chat ? (getState().outs.get(messageId) ?? null) : null),
  }));
}

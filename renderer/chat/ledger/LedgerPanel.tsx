import type { Ledger, LedgerEntry, LedgerKind } from '../../../electron/contract/ledger.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { findModel } from '../../stores/library.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import './Ledger.css';
import { LedgerBar } from './LedgerBar.tsx';
import { LedgerRow } from './LedgerRow.tsx';
import { numbersOf, outlook, outWords, turnWords } from './ledgerWords.ts';
import { TurnRows } from './TurnRows.tsx';
import { useLedgerOf } from './useLedger.ts';

/** The element that takes the focus when the panel opens. */
export const panelId = 'ledger-panel';

/** What the model sees of a chat, part by part, and what it does not see. */
export function LedgerPanel({ id }: { readonly id: string | null }) {
  const { ledger: store } = useStores();
  const ledger = useLedgerOf(id);
  const close = () => {
    store.getState().show(false);
    document.getElementById('token-meter')?.focus();
  };
  return (
    <SidePanel id={panelId} className="ledger" title="What the model sees" onClose={close}>
      {ledger ? (
        <Parts ledger={ledger} id={id} />
      ) : (
        <p className="ledger-note">
          It is counted by the model’s own tokenizer as soon as a model is loaded. The next message loads it.
        </p>
      )}
    </SidePanel>
  );
}

function Parts({ ledger, id }: { readonly ledger: Ledger; readonly id: string | null }) {
  const name = useStore('library', ({ library }) => findModel(library, ledger.modelId)?.name);
  const { entries, tokens, contextSize, room, fits } = ledger;
  const of = (wanted: LedgerKind) => entries.filter(({ kind, state }) => kind === wanted && state === 'in');
  const turns = of('turn');
  const outs = entries.filter(({ state }) => state === 'out');
  const reasons = [...new Set(outs.map(({ reason }) => reason))].filter((reason) => reason !== null);
  return (
    <>
      <p className="ledger-note">Counted by the tokenizer of {name ?? 'the loaded model'}</p>
      <LedgerBar ledger={ledger} />
      <p className="ledger-sums">
        <span>{formatCount(tokens)} used</span>
        <span>{formatCount(Math.max(0, contextSize - room - tokens))} free</span>
      </p>
      <ul className="ledger-rows" aria-label="Seen">
        {of('instructions').map((entry) => (
          <LedgerRow
            key="instructions"
            tone="base"
            name="Instructions"
            tokens={entry.tokens}
            detail={entry.title}
          />
        ))}
        {of('summary').map((entry) => (
          <LedgerRow
            key={entry.messageIds[0]}
            tone="kept"
            name="Summary"
            tokens={entry.tokens}
            detail={entry.title}
            chat={id}
            messageId={entry.messageIds[0]}
          />
        ))}
        <Group entries={of('notes')} name={passageWords} />
        <Group entries={of('attachment')} name={() => 'Attachments'} />
        <TurnRows chat={id} entries={turns} />
        {of('newest').map((entry) => (
          <LedgerRow
            key="newest"
            tone="newest"
            name="Your message"
            tokens={entry.tokens}
            detail={entry.title}
            bad={!fits}
          />
        ))}
        {of('format').map((entry) => (
          <LedgerRow key="format" tone="base" name="Marks of the chat format" tokens={entry.tokens} />
        ))}
        <LedgerRow tone="answer" name="Room for the answer" tokens={room} />
      </ul>
      {outs.length > 0 && (
        <>
          <h3>Not seen</h3>
          {reasons.map((reason) => {
            const own = outs.filter((entry) => entry.reason === reason);
            const others = own.filter(({ kind }) => kind !== 'turn');
            const numbers = numbersOf(own);
            return (
              <section key={reason} className="ledger-out">
                <p className="ledger-why">
                  {outWords[reason]}
                  {numbers.length > 1 && <span>{turnWords(numbers)}</span>}
                </p>
                <ul className="ledger-rows" aria-label={outWords[reason]}>
                  {others.map((entry) => (
                    <LedgerRow
                      key={`${entry.kind} ${entry.title}`}
                      tone="none"
                      name={kindWords[entry.kind]}
                      tokens={entry.tokens}
                      detail={entry.title}
                    />
                  ))}
                  <TurnRows chat={id} entries={own.filter(({ kind }) => kind === 'turn')} />
                </ul>
              </section>
            );
          })}
        </>
      )}
      <p className="ledger-note ledger-outlook">{outlook(ledger)}</p>
    </>
  );
}

/** Parts of one kind, summed up in a row with a line for each. */
function Group(props: {
  readonly entries: readonly LedgerEntry[];
  readonly name: (count: number) => string;
}) {
  const { entries, name } = props;
  if (entries.length === 0) return null;
  return (
    <LedgerRow
      tone="notes"
      name={name(entries.length)}
      tokens={entries.reduce((sum, { tokens }) => sum + tokens, 0)}
      parts={entries.map(({ title, tokens }) => ({ name: title, tokens }))}
    />
  );
}

/** The first of them says how to answer. */
const passageWords = (count: number): string => `Notes, ${plural(Math.max(0, count - 1), 'passage')}`;

const kindWords = {
  instructions: 'Instructions',
  summary: 'Summary',
  notes: 'Passage',
  attachment: 'Attachment',
  turn: 'Turn',
  newest: 'Your message',
  format: 'Marks of the chat format',
} as const;

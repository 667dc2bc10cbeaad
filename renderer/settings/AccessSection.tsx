import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { TokenStatus } from '../../electron/contract/network.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { TextField } from '../ui/TextField.tsx';
import { useAttempt } from '../ui/useAttempt.ts';
import { Section } from './Section.tsx';

type Token = NonNullable<TokenStatus['token']>;

/** The access token for models whose makers want to be asked: set, checked, removed; itself it is never shown. */
export function AccessSection() {
  const { network, toasts } = useStores();
  const status = useStore('network', (state) => state.token);
  const [replacing, setReplacing] = useState(false);
  const { attempt: run, busy, problem } = useAttempt();
  const token = status?.token ?? null;

  const attempt = (task: () => Promise<void>, done: string) =>
    run(async () => {
      await task();
      toasts.getState().show(done);
    });
  const { setToken, checkToken, removeToken } = network.getState();
  return (
    <Section id="access" title="Access token for gated models">
      <p>
        Some models are given only to people who accepted their makers’ terms on the hub. With an access token
        of your account there, Inkling can fetch those too. It goes to the hub alone: not with a search, and
        to no server that the hub sends on to.
      </p>
      {token && (
        <div className="data-line">
          <div className="data-words">
            <span>
              Set on {formatDay(token.setAt)}, ends in <code>…{token.ending}</code>
            </span>
            <span className="muted">{keptWords(token)}</span>
            <CheckWords token={token} />
          </div>
          <div className="copy-line">
            <Button
              small
              disabled={busy}
              onClick={() => void attempt(checkToken, 'The hub accepts the access token.')}
            >
              Check
            </Button>
            <Button small disabled={busy} onClick={() => setReplacing(!replacing)}>
              Replace
            </Button>
            <Button
              small
              look="danger"
              disabled={busy}
              onClick={() => void attempt(removeToken, 'The access token was removed from this computer.')}
            >
              Remove
            </Button>
          </div>
        </div>
      )}
      {status?.problem && <p className="field-problem">{status.problem}</p>}
      {status && (!token || replacing) && (
        <TokenForm
          page={status.page}
          busy={busy}
          onSave={async (text) => {
            await attempt(() => setToken(text), 'The access token is set, and the hub accepts it.');
            setReplacing(false);
          }}
        />
      )}
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Section>
  );
}

function TokenForm(props: {
  readonly page: string;
  readonly busy: boolean;
  readonly onSave: (token: string) => Promise<void>;
}) {
  const { ui } = useStores();
  const [typed, setTyped] = useState('');
  const ready = typed.trim() !== '' && !props.busy;
  const save = async () => {
    if (!ready) return;
    // What was typed leaves the page with the call.
    setTyped('');
    await props.onSave(typed.trim());
  };
  return (
    <>
      <TextField
        label="Access token"
        help="A token that may only read is enough. It begins with hf_ on Hugging Face."
        secret
        value={typed}
        maxLength={512}
        onChange={setTyped}
        onEnter={() => void save()}
      />
      <div className="copy-line">
        <Button small look="primary" disabled={!ready} onClick={() => void save()}>
          Save and check
        </Button>
        <Button
          small
          look="quiet"
          icon={KeyRound}
          onClick={() => ui.getState().show({ kind: 'link', url: props.page })}
        >
          Where to make one…
        </Button>
      </div>
    </>
  );
}

const keptWords = ({ keptBy }: Token): string =>
  keptBy === 'system'
    ? 'Kept by this system’s secret store.'
    : 'Kept in a file that only your account on this computer can read.';

function CheckWords({ token }: { readonly token: Token }) {
  const { check, checkedAt, account } = token;
  const day = checkedAt === null ? '' : formatDay(checkedAt);
  if (check === 'unknown') return <span className="muted">The hub was not asked about it yet.</span>;
  if (check === 'accepted')
    return (
      <span className="muted">
        Accepted on {day}, for the account {account ?? 'it belongs to'}.
      </span>
    );
  return <span className="field-problem">Refused by the hub on {day}.</span>;
}

import { useEffect } from 'react';
import type { NetworkRequest } from '../../electron/contract/network.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { formatCount, formatSize, formatTime, plural } from '../ui/format.ts';
import './Privacy.css';
import { Section } from './Section.tsx';

const purposes: Readonly<Record<NetworkRequest['purpose'], string>> = {
  search: 'Search',
  model: 'About a model',
  download: 'Download',
  token: 'Access token',
};

/** Says plainly what leaves this computer, and lists every request that did. */
export function PrivacySection() {
  return (
    <Section id="privacy" title="Privacy">
      <p>
        <strong>Chats never leave this computer.</strong> What you write and what models answer stays in the
        folder above. There is no account, no counting of use, no update check, and no picture or font from
        anywhere else.
      </p>
      <p>
        Inkling asks the network only when you search for a model, look at one, download one, or check your
        access token. A link opens only after you have seen its full address, in your own browser.
      </p>
      <Requests />
    </Section>
  );
}

function Requests() {
  const { network } = useStores();
  const requests = useStore('network', (state) => state.requests);
  const total = useStore('network', (state) => state.total);
  const problem = useStore('network', (state) => state.problem);
  useEffect(() => network.getState().watch(), [network]);
  return (
    <>
      <h3 id="requests-title">Requests since Inkling started</h3>
      {problem && <p className="muted">The list cannot be shown now: {problem.message}</p>}
      {requests?.length === 0 && <p className="muted">None since the start.</p>}
      {requests && requests.length > 0 && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="requests" aria-labelledby="requests-title" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Time</th>
                  <th scope="col">For</th>
                  <th scope="col">Asked</th>
                  <th scope="col">Received</th>
                  <th scope="col">Status</th>
                </tr>
              </thead>
              <tbody>
                {requests.map((request) => (
                  <Row key={request.id} request={request} />
                ))}
              </tbody>
            </table>
          </section>
          <p className="muted small">
            {total > requests.length
              ? `The last ${formatCount(requests.length)} of ${plural(total, 'request')}.`
              : `${plural(total, 'request')}.`}{' '}
            Of servers that the hub sends to, only the name is listed: their addresses hold keys.
          </p>
        </>
      )}
    </>
  );
}

function Row({ request }: { readonly request: NetworkRequest }) {
  return (
    <tr>
      <td>{formatTime(request.at)}</td>
      <td>{purposes[request.purpose]}</td>
      <td className="request-asked">
        {request.host}
        <span className="muted">{request.path}</span>
      </td>
      <td>{formatSize(request.received)}</td>
      <td>{statusOf(request)}</td>
    </tr>
  );
}

function statusOf({ state, status }: NetworkRequest): string {
  if (state === 'running') return status === null ? 'asking' : `${status}, arriving`;
  if (status === null) return 'no answer';
  return state === 'failed' ? `${status}, broke off` : String(status);
}

import { afterEach } from 'vitest';
import type { Api } from '../../electron/contract/define.ts';
import { connect } from '../../electron/rpc/connect.ts';
import type { Link, Transport } from './ports/transport.ts';
import { type ProbeContract, probeContract, type Trace } from './probeContract.ts';
import { createRawCaller } from './rawCaller.ts';

/** Opens links of a transport for the tests of one `describe` and closes them after each. */
export function usePort(transport: Transport) {
  const open: Link[] = [];
  afterEach(async () => {
    for (const link of open.splice(0)) await link.close();
  });
  const openLink = async () => {
    const link = await transport.open();
    open.push(link);
    return link;
  };
  return {
    /** A connection with the typed client on it. */
    async client() {
      const link = await openLink();
      const api = connect(probeContract, link.client);
      return { link, api, trace: (name: string) => traceOf(link, api, name) };
    },
    /** A connection with frames written by hand. */
    async raw() {
      const link = await openLink();
      return { link, raw: createRawCaller(link.client) };
    },
  };
}

const untouched: Trace = { started: 0, produced: 0, aborted: false, finalised: false };

async function traceOf(link: Link, api: Api<ProbeContract>, name: string): Promise<Trace> {
  return link.traces ? (link.traces.get(name) ?? untouched) : api.say.trace({ name });
}

import { z } from 'zod';
import { InklingError } from '../../contract/errors.ts';
import type { Network } from './createNetwork.ts';

/** Names on the hub are plain; anything else is not shown. */
const whoami = z.object({ name: z.string().regex(/^[\w.-]{1,96}$/) });
const longest = 256 * 1024;

/**
 * Asks the hub for the account behind the token that the network sends; null if it refuses the token. Throws `offline`,
 * `timeout`, or `hub_error` for an answer that says neither.
 */
export async function askWhoami(
  network: Pick<Network, 'get' | 'origin'>,
  signal: AbortSignal,
): Promise<string | null> {
  const url = new URL('/api/whoami-v2', network.origin);
  const answer = await network.get(url, { purpose: 'token', signal });
  if (answer.status === 401 || answer.status === 403) {
    answer.discard();
    return null;
  }
  if (answer.status !== 200) {
    answer.discard();
    throw unclear(answer.status);
  }
  const said = whoami.safeParse(parseJson(await answer.text(longest)));
  if (!said.success) throw unclear(answer.status);
  return said.data.name;
}

const unclear = (status: number) =>
  new InklingError(
    'hub_error',
    `The hub did not say whose access token this is (${status}). It is kept; check it again later.`,
  );

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { join } from 'node:path';
import { createTopic } from '../../base/topic.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { TokenStatus } from '../../contract/network.ts';
import type { Network } from './createNetwork.ts';
import type { SecretStore } from './secretStore.ts';
import { deleteTokenFile, type KeptToken, readTokenFile, writeTokenFile } from './tokenFile.ts';
import { askWhoami } from './whoami.ts';

type Token = NonNullable<TokenStatus['token']>;
type TokenCalls = 'watchToken' | 'setToken' | 'checkToken' | 'removeToken';

/** The access token of the person's account on the hub, kept in `hub-token.json` of the data folder. */
export interface HubToken {
  /** The token for a request to the hub; null if none is set or it cannot be read. Opened at its first use only. */
  value(): string | null;
  /** The calls of the window; `network` is asked whose token it is. */
  api(network: Pick<Network, 'get' | 'origin'>): Pick<Service<AppContract>['network'], TokenCalls>;
}

const usualHub = 'https://huggingface.co';
const unreadable =
  'The access token that was set cannot be read any more; perhaps the data folder came from another account or computer. Set it again.';

/** Opens what was kept. `now` is in ms since 1970. */
export function createHubToken(options: {
  dataDir: string;
  secrets: SecretStore;
  now?: () => number;
}): HubToken {
  const { secrets, now = Date.now } = options;
  const path = join(options.dataDir, 'hub-token.json');
  let { kept, problem } = load(path);
  let opened: string | null = null;
  const state = (): Omit<TokenStatus, 'page'> => ({ token: kept && withoutSecret(kept), problem });
  const topic = createTopic(state());
  const change = (next: KeptToken | null, words: string | null = null) => {
    kept = next;
    problem = words;
    topic.set(state());
  };

  const value = (): string | null => {
    if (!kept || opened !== null) return opened;
    try {
      opened = secrets.open(Buffer.from(kept.sealed, 'base64'));
    } catch {
      // The reason may hold parts of what was sealed, so it is not told.
      change(null, unreadable);
    }
    return opened;
  };
  const note = (facts: Partial<Token>) => {
    if (!kept) return;
    const next = { ...kept, ...facts };
    writeTokenFile(path, next);
    change(next);
  };

  return {
    value,
    api(network) {
      const page = `${network.origin}/settings/tokens`;
      const status = (): TokenStatus => ({ ...topic.value, page });
      return {
        async *watchToken(_input, { signal }) {
          for await (const { token, problem } of topic.watch(signal)) yield { token, problem, page };
        },
        setToken({ token: pasted }) {
          const token = readPasted(pasted, network.origin);
          const next: KeptToken = {
            setAt: now(),
            ending: token.slice(-4),
            keptBy: secrets.keptBy(),
            check: 'unknown',
            checkedAt: null,
            account: null,
            sealed: secrets.seal(token).toString('base64'),
          };
          writeTokenFile(path, next);
          opened = token;
          change(next);
          return status();
        },
        async checkToken(_input, { signal }) {
          const asked = value();
          if (asked === null) throw new InklingError('not_found', problem ?? 'No access token is set.');
          const account = await askWhoami(network, signal);
          // Another one may have been set meanwhile.
          if (value() === asked)
            note({ check: account === null ? 'refused' : 'accepted', account, checkedAt: now() });
          if (account !== null) return status();
          throw new InklingError(
            'unauthorized',
            'The hub does not accept this access token: it is mistyped, has run out, or was taken back. Make a new one there and set it here.',
          );
        },
        removeToken() {
          deleteTokenFile(path);
          opened = null;
          change(null);
          return status();
        },
      };
    },
  };
}

/** A token as people paste it. Throws `bad_input` for what can be none; its words never hold what was pasted. */
function readPasted(pasted: string, hub: string): string {
  const token = pasted.trim();
  if (!/^[\x21-\x7e]{16,512}$/.test(token))
    throw new InklingError(
      'bad_input',
      'This is not an access token: those are one long word of letters and digits. Nothing was kept.',
    );
  if (hub === usualHub && !token.startsWith('hf_'))
    throw new InklingError(
      'bad_input',
      'This is not an access token of the hub: those begin with “hf_”. Nothing was kept.',
    );
  return token;
}

const withoutSecret = ({ sealed: _, ...facts }: KeptToken): Token => facts;

function load(path: string): { kept: KeptToken | null; problem: string | null } {
  try {
    return { kept: readTokenFile(path), problem: null };
  } catch {
    return { kept: null, problem: unreadable };
  }
}

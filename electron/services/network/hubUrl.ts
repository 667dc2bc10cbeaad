import { InklingError } from '../../contract/errors.ts';

/** The hub that is asked unless `INKLING_HUB_URL` names another. */
const usualHub = 'https://huggingface.co';
/** Where the usual hub may send a download to. */
const usualHosts = /(^|\.)(hf\.co|huggingface\.co)$/;

/** Which addresses may be asked. */
export interface AddressRules {
  /** The hub's own origin, the only one that ever gets a token. */
  readonly origin: string;
  /** Whether the hub may send us to this address. */
  mayFollow(url: URL): boolean;
}

/**
 * Reads the address of the hub; none means the usual one. Plain http is taken for this machine only.
 * Throws `bad_input` for anything else.
 */
export function readHubUrl(text: string | undefined): AddressRules {
  const hub = parse(text?.trim() || usualHub);
  const local = hub.protocol === 'http:';
  const usual = usualHosts.test(hub.hostname);
  return {
    origin: hub.origin,
    mayFollow(url) {
      if (url.username || url.password) return false;
      if (url.origin === hub.origin) return true;
      if (local) return url.protocol === 'http:' && isLoopback(url);
      return url.protocol === 'https:' && (!usual || usualHosts.test(url.hostname));
    },
  };
}

function parse(text: string): URL {
  const hub = URL.canParse(text) ? new URL(text) : null;
  const safe = hub?.protocol === 'https:' || (hub?.protocol === 'http:' && isLoopback(hub));
  if (!hub || !safe || hub.username || hub.password || hub.search || hub.hash || hub.pathname !== '/')
    throw new InklingError(
      'bad_input',
      'INKLING_HUB_URL must be an https address without a path, or an http address of this machine.',
    );
  return hub;
}

function isLoopback(url: URL): boolean {
  return /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/.test(url.hostname);
}

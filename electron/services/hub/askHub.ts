import { InklingError } from '../../contract/errors.ts';
import type { Answer } from '../network/answer.ts';
import type { GetOptions, Network } from '../network/createNetwork.ts';

/** How often the hub may send a question on to another address of its own. */
const mostHops = 5;
/** Seconds to wait when the hub asks for a pause without saying how long, and the longest it gets. */
const pause = { usual: 30, longest: 3600 } as const;

/** An answer of the hub and the address that gave it. */
export interface HubAnswer {
  readonly answer: Answer;
  readonly url: URL;
  /** The first value of a header along the way: what the hub says about a file stands on its redirects. */
  said(header: string): string | null;
}

/**
 * Asks the hub and follows redirects within the hub's own origin (renamed repositories, small files). An answer that
 * leads elsewhere comes back as it is. Throws what {@link failureOf} makes of an error, `offline` or `timeout`.
 */
export async function askHub(
  network: Network,
  path: string,
  about: string,
  options: GetOptions,
): Promise<HubAnswer> {
  const seen: Answer[] = [];
  let url = new URL(path, network.origin);
  for (let hop = 0; hop <= mostHops; hop++) {
    const answer = await network.get(url, options);
    seen.push(answer);
    if (answer.status >= 400) {
      const error = failureOf(answer, about);
      answer.discard();
      throw error;
    }
    const said = (name: string) =>
      seen.map((one) => one.header(name)).find((value) => value !== null) ?? null;
    if (answer.location?.origin !== network.origin) return { answer, url, said };
    answer.discard();
    url = answer.location;
  }
  throw new InklingError('hub_error', `The hub sends the question about ${about} in a circle.`);
}

/** What an error answer of the hub means, with the way out. `about` names what was asked for. */
export function failureOf(answer: Answer, about: string, now: number = Date.now()): InklingError {
  const code = answer.header('x-error-code');
  const said = answer.header('x-error-message')?.slice(0, 300) ?? null;
  const details = { status: answer.status, request: answer.header('x-request-id'), said };
  const fail = (kind: ConstructorParameters<typeof InklingError>[0], message: string) =>
    new InklingError(kind, message, details);
  if (answer.status === 429) {
    const retryAt = now + retryAfter(answer, now) * 1000;
    return new InklingError(
      'rate_limited',
      'The hub asks for a pause, as too much was asked of it from your address. It goes on after that.',
      { ...details, retryAt },
    );
  }
  if (code === 'GatedRepo') return fail('gated', gatedWords(about, answer));
  if (code === 'RevisionNotFound' || code === 'EntryNotFound')
    return fail('not_found', `${about} was removed or renamed on the hub. Look at the model's page again.`);
  // The hub answers so to everything, public files too, while a token goes along that it does not know.
  if (answer.status === 401 && answer.withToken && (code === null || /invalid credentials/i.test(said ?? '')))
    return fail(
      'unauthorized',
      'The hub does not accept your access token any more, so it gives nothing. Set a new one in Settings, or remove it: what is open to all needs none.',
    );
  if (answer.status === 401 || answer.status === 404 || code === 'RepoNotFound')
    return fail('not_found', `${about} is not on the hub, or it is private.`);
  if (answer.status === 403)
    return fail('unauthorized', `The hub does not give ${about} to you. Choose another model.`);
  if (answer.status === 410 || answer.status === 451)
    return fail('not_found', `${about} was taken off the hub.`);
  return fail(
    'hub_error',
    `The hub has trouble of its own (${answer.status}). What was fetched is kept; try again later.`,
  );
}

function gatedWords(about: string, { status, withToken }: Answer): string {
  if (status === 403)
    return `Access to ${about} was not granted yet. Ask for it on the model's page, then try again, or choose another model.`;
  if (withToken)
    return `Your access token does not open ${about}. Accept its terms on the model's page with the same account, and check the token in Settings.`;
  return `${about} can be had only by people who accepted its terms on the model's page. Do that there, then set your access token in Settings, or choose another model.`;
}

/** Seconds until the hub may be asked again. */
export function retryAfter(answer: Answer, now: number): number {
  const header = answer.header('retry-after');
  const date = header === null ? Number.NaN : Date.parse(header);
  const seconds =
    header !== null && /^\d+$/.test(header.trim())
      ? Number(header)
      : Number.isFinite(date)
        ? (date - now) / 1000
        : Number(/;\s*t=(\d+)/.exec(answer.header('ratelimit') ?? '')?.[1] ?? pause.usual);
  return Math.min(Math.max(seconds, 1), pause.longest);
}

/** The path of a file on the hub, each name escaped. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

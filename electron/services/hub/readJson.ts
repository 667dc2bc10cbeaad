import { InklingError } from '../../contract/errors.ts';
import type { Answer } from '../network/answer.ts';

/** Bytes of a JSON answer that are read; a page with everything in it has less than one megabyte. */
const longest = 8 * 1024 * 1024;

/** The answer as JSON. Throws `hub_error` if it is none, or too long. */
export async function readJson(answer: Answer): Promise<unknown> {
  const text = await answer.text(longest);
  try {
    return JSON.parse(text);
  } catch {
    throw new InklingError('hub_error', 'The hub’s answer cannot be understood. Try again later.');
  }
}

/** Path and query of the next page, if there is one on the hub itself. */
export function nextPage(answer: Answer, origin: string): string | null {
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(answer.header('link') ?? '')?.[1];
  if (link === undefined || !URL.canParse(link, origin)) return null;
  const url = new URL(link, origin);
  return url.origin === origin ? `${url.pathname}${url.search}` : null;
}

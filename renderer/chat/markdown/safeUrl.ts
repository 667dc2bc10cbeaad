import { citedNumber } from '../sources/citations.ts';

/** Lets through the addresses that a person may open (http, https, mailto) and citations; everything else becomes empty. */
export function safeUrl(url: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const allowed = scheme === 'http' || scheme === 'https' || scheme === 'mailto';
  return (allowed && url.length <= 8192) || citedNumber(url) !== null ? url : '';
}

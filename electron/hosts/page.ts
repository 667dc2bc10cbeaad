/** The placeholder in index.html that a host replaces with the nonce of this load. */
const noncePlaceholder = '__INKLING_NONCE__';

/** Puts the nonce into the page; style elements made by libraries carry it. */
export function renderPage(html: string, nonce: string): string {
  return html.replaceAll(noncePlaceholder, nonce);
}

/** The one content policy of the window: nothing remote, no inline script, no frames, no plug-ins, no forms. */
export function contentSecurityPolicy(options: { nonce: string; connect: readonly string[] }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${options.nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${options.connect.join(' ') || "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

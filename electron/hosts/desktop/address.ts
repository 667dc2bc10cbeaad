/** The scheme of the window's own protocol. */
export const scheme = 'app';
/** The one origin whose messages are taken and whose requests are answered. */
export const origin = `${scheme}://inkling`;
/** The one page there is. */
export const pageUrl = `${origin}/`;

/** A name as links compare it: composed, small letters, without ending. */
export const toName = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\.(md|markdown)$/, '');

/** The path of a note as links spell it; Logseq writes the `/` of a page's name as `___` or `%2F`. */
export const linkedPath = (path: string) => toName(path).replace(/___|%2f/g, '/');

/** The last part of a path, as a name. */
export const lastName = (path: string) => linkedPath(path).split('/').at(-1) as string;

/** The file's name without its ending, as it is shown. */
export const fileTitle = (path: string) =>
  (path.split('/').at(-1) as string).replace(/\.(md|markdown)$/i, '');

/** The folder that a note lies in, '' at the top. */
export const dirOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

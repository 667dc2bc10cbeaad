import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix, relative, sep } from 'node:path';

/** One file of the built window, held in memory. */
export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
  /** Its name carries a hash of its content, so that it never changes. */
  readonly immutable: boolean;
}

/** The built window: its page, and an exact table from request path to file. */
export interface StaticFiles {
  readonly page: string;
  readonly files: ReadonlyMap<string, StaticFile>;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/**
 * Reads the built window once. Requests are answered from this table alone: no path from outside ever reaches the
 * file system. Throws with words for a person if the window was not built.
 */
export function loadStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  for (const path of filesBelow(folder)) {
    const type = types[extname(path)];
    if (!type) continue;
    const name = relative(folder, path).split(sep).join(posix.sep);
    files.set(`/${name}`, { type, body: readFileSync(path), immutable: name.startsWith('assets/') });
  }
  const page = files.get('/index.html')?.body.toString('utf8');
  if (page === undefined)
    throw new Error(`The window is not built (${join(folder, 'index.html')} is missing). Run: npm run build`);
  // The page is answered at "/" only, where it gets its nonce.
  files.delete('/index.html');
  return { page, files };
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path as people write it: `~/notes` is `notes` in their home folder. */
export function expandHome(path: string): string {
  const [, rest] = /^~(?:[/\\](.*))?$/s.exec(path) ?? [];
  return path.startsWith('~') && (path === '~' || rest !== undefined) ? join(homedir(), rest ?? '') : path;
}

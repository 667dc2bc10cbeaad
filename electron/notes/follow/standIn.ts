import { readdirSync, statSync } from 'node:fs';
import type { Root } from '../files/safePath.ts';
import type { Db } from '../index/db.ts';

/**
 * Why a folder is not the one that was indexed: it is empty, and another one, as the place of a disk is that was
 * removed. Null if it may be compared. What was read of it would else count as deleted.
 */
export function tellStandIn(db: Db, root: Root): string | null {
  let number: string;
  let empty: boolean;
  try {
    const { dev, ino } = statSync(root.path, { bigint: true });
    number = `${dev}:${ino}`;
    empty = readdirSync(root.path).length === 0;
  } catch {
    // The comparison itself tells why it cannot be read.
    return null;
  }
  const name = `root ${root.id}`;
  const before = db.get<{ value: string }>('SELECT value FROM facts WHERE name = ?', name)?.value;
  if (empty && before !== undefined && before !== number)
    return `${root.path} is empty now, and not the folder that it was. What was read of it before can still be found. If it lies on a disk that was removed, connect it again.`;
  if (before !== number) db.run('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)', name, number);
  return null;
}

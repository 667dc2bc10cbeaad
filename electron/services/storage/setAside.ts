import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import type { SetAsideFile } from '../../contract/storage.ts';
import { asideOf } from './replaceDatabase.ts';

/** The damaged databases that were put aside, newest first; `size` counts their logs, too. */
export function listSetAside(path: string): SetAsideFile[] {
  return asideOf(path, '')
    .map((name) => {
      const file = join(dirname(path), name);
      const { size, mtimeMs } = statSync(file);
      return { name, size: size + sizeOf(`${file}-wal`), changedAt: mtimeMs };
    })
    .sort((a, b) => b.changedAt - a.changedAt);
}

/** Deletes one of them. Throws `not_found` for any other name. */
export function deleteSetAside(path: string, name: string): void {
  if (!asideOf(path, '').includes(name))
    throw new InklingError('not_found', 'This file is not there any more.');
  const file = join(dirname(path), name);
  for (const end of ['', '-wal']) rmSync(file + end, { force: true });
}

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);

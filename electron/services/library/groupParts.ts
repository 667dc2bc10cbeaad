import { basename } from 'node:path';
import type { FoundFile } from './findFiles.ts';

/** Files that make one model: one, or the numbered parts of a split one. */
export interface ModelFiles {
  /** The file to load: the first part. */
  readonly first: FoundFile;
  readonly parts: number;
  /** Bytes of all parts together. */
  readonly size: number;
  /** Changes whenever a file does. */
  readonly stamp: string;
  /** What is missing, if a part is. */
  readonly problem: string | null;
}

const partName = /^(.*)-(\d{5})-of-(\d{5})(\.gguf)$/i;

/** Groups the parts of split models, which llama.cpp loads by their first part. */
export function groupParts(files: readonly FoundFile[]): ModelFiles[] {
  const groups = new Map<string, { total: number; parts: Map<number, FoundFile> }>();
  const single: ModelFiles[] = [];
  for (const file of files) {
    const match = partName.exec(basename(file.path));
    if (!match) {
      single.push({ first: file, parts: 1, size: file.size, stamp: stampOf(file), problem: null });
      continue;
    }
    const [, stem = '', no = '1', of = '1'] = match;
    const key = `${file.path.slice(0, -basename(file.path).length)}${stem}|${of}`;
    const group = groups.get(key) ?? { total: Number(of), parts: new Map<number, FoundFile>() };
    group.parts.set(Number(no), file);
    groups.set(key, group);
  }
  return [...single, ...[...groups.values()].map(joinParts)];
}

function joinParts(group: { total: number; parts: Map<number, FoundFile> }): ModelFiles {
  const present = [...group.parts.entries()].sort(([a], [b]) => a - b);
  const files = present.map(([, file]) => file);
  const missing = group.total - files.length;
  const first = files[0] as FoundFile;
  return {
    first,
    parts: group.total,
    size: files.reduce((sum, file) => sum + file.size, 0),
    stamp: files.map(stampOf).join('|'),
    problem:
      missing > 0 || present[0]?.[0] !== 1
        ? `${missing} of ${group.total} parts of this model are missing. Put all parts in the same folder.`
        : null,
  };
}

const stampOf = (file: FoundFile) => `${file.path}:${file.size}:${file.modified}`;

import { basename } from 'node:path';
import type { FoundFile } from './findFiles.ts';

/** Files that make one model: one, or the numbered parts of a split one. */
export interface ModelFiles {
  /** The file to load: the first part. */
  readonly first: FoundFile;
  /** The parts that are there, in order. */
  readonly files: readonly FoundFile[];
  readonly parts: number;
  /** Bytes of all parts together. */
  readonly size: number;
  /** Changes whenever a file does. */
  readonly stamp: string;
  /** What is missing, if a part is. */
  readonly problem: string | null;
}

const partName = /^(.*)-(\d{5})-of-(\d{5})(\.gguf)$/i;

/** True if both names are of parts of one split model. */
export function ofSameModel(name: string, other: string): boolean {
  const a = partName.exec(name);
  const b = partName.exec(other);
  return a !== null && b !== null && a[1] === b[1] && a[3] === b[3];
}

/** Groups the parts of split models, which llama.cpp loads by their first part. */
export function groupParts(files: readonly FoundFile[]): ModelFiles[] {
  const groups = new Map<string, { total: number; parts: Map<number, FoundFile> }>();
  const single: ModelFiles[] = [];
  for (const file of files) {
    const match = partName.exec(basename(file.path));
    if (!match) {
      single.push({
        first: file,
        files: [file],
        parts: 1,
        size: file.size,
        stamp: stampOf(file),
        problem: null,
      });
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
  const missing = Array.from({ length: group.total }, (_, index) => index + 1).filter(
    (no) => !group.parts.has(no),
  ).length;
  const first = files[0] as FoundFile;
  return {
    first,
    files,
    parts: group.total,
    size: files.reduce((sum, file) => sum + file.size, 0),
    stamp: files.map(stampOf).join('|'),
    problem: tellMissing(missing, group.total),
  };
}

function tellMissing(missing: number, total: number): string | null {
  if (total === 0)
    return 'The name says that this is a part of a model with no parts. Give it its right name.';
  if (missing === 0) return null;
  return `${missing} of ${total} parts of this model are missing. Put all parts in the same folder.`;
}

const stampOf = (file: FoundFile) => `${file.path}:${file.size}:${file.modified}`;

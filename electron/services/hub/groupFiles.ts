import { partsOf, placeOf } from '../downloads/names.ts';
import { quantizationOf } from './quantization.ts';
import type { TreeFile } from './readTree.ts';

/** Parts of names that mark helpers of a model: image projectors, statistics, drafts. */
const helper = /mmproj|imatrix|eagle3-|dflash-|dspark-|(^|\/)mtp-|(^|\/)(mtp|vision|tts|audio)\//i;

/** One choice of a repository. */
export interface FileGroup {
  /** The file to load. */
  readonly file: string;
  readonly quantization: string | null;
  readonly parts: number;
  readonly size: number | null;
  readonly sha256: string | null;
}

/** Sorts the files of a repository into models to choose from, smallest first; `leftOut` counts the GGUF files that are none. */
export function groupFiles(files: readonly TreeFile[]): { groups: FileGroup[]; leftOut: number } {
  const models = new Map(files.filter(({ path }) => /\.gguf$/i.test(path)).map((file) => [file.path, file]));
  const groups: FileGroup[] = [];
  let used = 0;
  for (const { path } of models.values()) {
    const parts = partsIfUsable(path);
    if (parts === null || parts[0] !== path) continue;
    const members = parts.flatMap((part) => models.get(part) ?? []);
    if (members.length !== parts.length) continue;
    used += members.length;
    groups.push(toGroup(path, members));
  }
  groups.sort((a, b) => (a.size ?? Number.POSITIVE_INFINITY) - (b.size ?? Number.POSITIVE_INFINITY));
  return { groups, leftOut: models.size - used };
}

function partsIfUsable(path: string): readonly string[] | null {
  if (helper.test(path)) return null;
  try {
    placeOf('owner/name', path);
    return partsOf(path);
  } catch {
    // A name that may not be a file here cannot be downloaded, so it is not offered.
    return null;
  }
}

function toGroup(file: string, members: readonly TreeFile[]): FileGroup {
  const sizes = members.map(({ size }) => size);
  return {
    file,
    quantization: quantizationOf(file) ?? quantizationOf(file.split('/').at(-2) ?? ''),
    parts: members.length,
    size: sizes.every((size) => size !== null) ? sizes.reduce((sum, size) => sum + size, 0) : null,
    sha256: members.length === 1 ? (members[0]?.sha256 ?? null) : null,
  };
}

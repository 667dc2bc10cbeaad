import type { Hasher } from '../hasher.ts';
import { fingerprintOf, identityOf } from './fingerprint.ts';

/** The files of a model, as far as they matter for telling two apart. */
export interface Comparable {
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly size: number;
  /** The hash of each part, where it is known. */
  readonly sha256: readonly string[] | null;
}

/** Bytes hashed so far, and to hash in all as far as is known. */
export interface CompareProgress {
  readonly compared: number;
  readonly toCompare: number;
}

/** Tells whether two models are the same, with as little reading as that takes. */
export interface Comparison {
  readonly progress: CompareProgress;
  /** Same file on disk, or same size, then same samples, then same hash. Throws the signal's reason only. */
  isSame(a: Comparable, b: Comparable): Promise<boolean>;
}

/** Makes a {@link Comparison}; what was read of a file is kept while it lives. `onProgress` hears of every step. */
export function createComparison(options: {
  readonly hasher: Hasher;
  readonly signal: AbortSignal;
  readonly onProgress: () => void;
}): Comparison {
  const { hasher, signal, onProgress } = options;
  const kept = new Map<string, Promise<string | null>>();
  let compared = 0;
  let toCompare = 0;

  const once = (key: string, read: () => Promise<string | null>): Promise<string | null> => {
    const found = kept.get(key) ?? read();
    kept.set(key, found);
    return found;
  };
  const equal = async (
    a: string,
    b: string,
    read: (path: string) => Promise<string | null>,
    kind: string,
  ) => {
    const [one, other] = [
      await once(`${kind} ${a}`, () => read(a)),
      await once(`${kind} ${b}`, () => read(b)),
    ];
    signal.throwIfAborted();
    return one !== null && one === other;
  };
  const hash = (size: number) => async (path: string) => {
    const before = compared;
    toCompare += size;
    onProgress();
    try {
      for await (const { read, sha256 } of hasher.hash(path, signal)) {
        compared = before + read;
        onProgress();
        if (sha256 !== null) return sha256;
      }
    } catch {
      // A file that cannot be read is no copy of another.
      signal.throwIfAborted();
    }
    compared = before + size;
    return null;
  };

  const sameBytes = async (a: Comparable, b: Comparable): Promise<boolean> => {
    for (const [n, { path, size }] of a.files.entries()) {
      const other = b.files[n];
      if (!other || other.size !== size) return false;
      if (!(await equal(path, other.path, fingerprintOf, 'samples'))) return false;
    }
    for (const [n, { path, size }] of a.files.entries()) {
      const other = b.files[n];
      if (!other) return false;
      const [one, two] = [a.sha256?.[n], b.sha256?.[n]];
      if (one) kept.set(`hash ${path}`, Promise.resolve(one));
      if (two) kept.set(`hash ${other.path}`, Promise.resolve(two));
      if (!(await equal(path, other.path, hash(size), 'hash'))) return false;
    }
    return true;
  };

  return {
    get progress() {
      return { compared, toCompare };
    },
    async isSame(a, b) {
      if (a.size !== b.size || a.files.length !== b.files.length) return false;
      const [first, other] = [a.files[0], b.files[0]];
      if (!first || !other) return false;
      return (await equal(first.path, other.path, identityOf, 'file')) || sameBytes(a, b);
    },
  };
}

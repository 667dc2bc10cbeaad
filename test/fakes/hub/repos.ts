import { createHash } from 'node:crypto';

/** A file as the hub keeps it. */
export interface HubFile {
  readonly bytes: Buffer;
  /** What the hub says the SHA-256 is; null hides it. */
  readonly sha256: string | null;
  readonly etag: string;
}

export interface Repo {
  commit: string;
  gated: false | 'auto' | 'manual';
  license: string | null;
  downloads: number;
  likes: number;
  readonly tags: string[];
  gguf: Record<string, unknown> | null;
  /** What is in each commit, by path. */
  readonly commits: Map<string, Map<string, HubFile>>;
}

/** The SHA-256 of bytes as the hub writes it. */
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Repositories of a hub in memory; every `put` makes a commit, as on the real one. */
export function createRepos() {
  const repos = new Map<string, Repo>();
  let commits = 0;
  const newCommit = () => createHash('sha1').update(`commit ${++commits}`).digest('hex');

  const repo = (name: string): Repo => {
    const found = repos.get(name);
    if (found) return found;
    const made: Repo = {
      commit: newCommit(),
      gated: false,
      license: 'apache-2.0',
      downloads: 10,
      likes: 1,
      tags: ['gguf'],
      gguf: { architecture: 'llama', total: 1_000_000, context_length: 4096 },
      commits: new Map(),
    };
    made.commits.set(made.commit, new Map());
    repos.set(name, made);
    return made;
  };

  return {
    all: repos,
    repo,
    put(name: string, path: string, bytes: Buffer, about: Partial<Omit<HubFile, 'bytes'>> = {}): HubFile {
      const target = repo(name);
      const file: HubFile = {
        bytes,
        sha256: sha256(bytes),
        etag: `"${createHash('sha1').update(bytes).digest('hex')}"`,
        ...about,
      };
      const files = new Map(target.commits.get(target.commit));
      files.set(path, file);
      target.commit = newCommit();
      target.commits.set(target.commit, files);
      return file;
    },
    find(name: string, revision: string) {
      const target = repos.get(name);
      if (!target) return null;
      const commit = ['main', 'HEAD'].includes(revision) ? target.commit : revision;
      const files = target.commits.get(commit);
      return files ? { repo: target, commit, files } : null;
    },
  };
}
export type Repos = ReturnType<typeof createRepos>;

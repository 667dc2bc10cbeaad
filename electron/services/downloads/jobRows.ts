import { z } from 'zod';
import { download } from '../../contract/downloads.ts';
import { failure } from '../../contract/errors.ts';
import type { Db } from '../storage/db.ts';

const ranges = z.array(z.tuple([z.number(), z.number()]).readonly()).readonly();

/** What is known of one file of a model, and which of its bytes are safely on disk. */
const filePart = z.object({
  file: z.string(),
  size: z.number().nullable(),
  sha256: z.string().nullable(),
  /** The version that the server of the bytes named. */
  etag: z.string().nullable(),
  /** The server that named it; another one may name the same bytes otherwise. */
  host: z.string().nullable(),
  /** Names the unfinished file; a new version gets a new one, so two versions never meet in a file. */
  partId: z.string(),
  done: ranges,
  /** It bears its final name. */
  placed: z.boolean(),
});
export type FilePart = z.infer<typeof filePart>;

const details = z.object({
  revision: z.string(),
  commit: z.string().nullable(),
  parts: z.array(filePart),
  check: download.shape.check,
  problem: failure.nullable(),
  note: z.string().nullable(),
});

/** A download as it is kept. */
export interface Job extends z.infer<typeof details> {
  readonly id: string;
  readonly repo: string;
  readonly file: string;
  readonly createdAt: number;
  state: z.infer<typeof download>['state'];
}

interface Row {
  readonly id: string;
  readonly repo: string;
  readonly file: string;
  readonly state: string;
  readonly created_at: number;
  readonly details: string;
}

/** All jobs, oldest first; rows that cannot be read are counted and left alone. */
export function readJobs(db: Db): { jobs: Job[]; unreadable: number } {
  const rows = db.all<Row>('SELECT id, repo, file, state, created_at, details FROM downloads ORDER BY seq');
  const jobs = rows.map(toJob).filter((job) => job !== null);
  return { jobs, unreadable: rows.length - jobs.length };
}

/** Keeps a job as it is now. */
export function saveJob(db: Db, job: Job): void {
  const { id, repo, file, createdAt, state, ...rest } = job;
  db.transaction(() =>
    db.run(
      `INSERT INTO downloads (id, repo, file, state, created_at, details) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (repo, file) DO UPDATE SET id = excluded.id, state = excluded.state,
       created_at = excluded.created_at, details = excluded.details`,
      id,
      repo,
      file,
      state,
      createdAt,
      JSON.stringify(rest),
    ),
  );
}

/** Forgets a job. */
export function deleteJob(db: Db, id: string): void {
  db.transaction(() => db.run('DELETE FROM downloads WHERE id = ?', id));
}

function toJob(row: Row): Job | null {
  const state = download.shape.state.safeParse(row.state);
  const rest = details.safeParse(parseJson(row.details));
  if (!state.success || !rest.success) return null;
  const { id, repo, file } = row;
  return { id, repo, file, createdAt: row.created_at, state: state.data, ...rest.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Api } from '../../electron/contract/define.ts';
import {
  type NotesProcessContract,
  notesProcessContract,
  type ProcessState,
} from '../../electron/notes/contract.ts';
import { createNotes } from '../../electron/notes/createNotes.ts';
import type { Root } from '../../electron/notes/files/safePath.ts';
import type { FollowTimes } from '../../electron/notes/follow/followTimes.ts';
import { connect } from '../../electron/rpc/connect.ts';
import { createPortEnd } from '../../electron/rpc/port.ts';
import { serve } from '../../electron/rpc/serve.ts';

export type NotesApi = Api<NotesProcessContract>['notes'];

/** A folder of notes on the disk, and a data folder beside it. */
export interface NotesFolder {
  readonly notes: string;
  readonly data: string;
  readonly root: Root;
  write(path: string, content: string | Uint8Array): string;
  remove(): void;
}

export function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): NotesFolder {
  const top = mkdtempSync(join(tmpdir(), 'inkling-notes-'));
  const notes = join(top, 'notes');
  mkdirSync(notes);
  const write = (path: string, content: string | Uint8Array) => {
    const full = join(notes, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return {
    notes,
    data: join(top, 'data'),
    root: { id: 'one', path: notes },
    write,
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}

/** Notes that are open in this process, with short times. */
export interface OpenNotes {
  readonly api: NotesApi;
  state(): ProcessState;
  /** Waits until the state is as wanted; fails with the last one. */
  until(wanted: (state: ProcessState) => boolean, what?: string): Promise<ProcessState>;
  /** Waits until every note is read that is there now. */
  settled(): Promise<ProcessState>;
  close(): Promise<void>;
}

const shortTimes: Partial<FollowTimes> = {
  quiet: 20,
  latest: 100,
  scrubRemoved: 50,
  scrubChanged: 50,
  retry: 100,
};
const patience = 60_000;

export async function openNotes(
  folder: Pick<NotesFolder, 'notes' | 'data'>,
  times: Partial<FollowTimes> = {},
  waitFor: 'ready' | 'indexing' = 'ready',
): Promise<OpenNotes> {
  const { service, close } = createNotes({ times: { ...shortTimes, ...times } });
  const api = inProcess(service);
  const opened = follow(api, folder);
  if (waitFor === 'ready') await opened.settled();
  else await opened.until(({ index }) => index.phase === 'indexing', 'indexing');
  return {
    ...opened,
    api,
    async close() {
      await opened.stop();
      close();
    },
  };
}

/** Follows the state of notes, wherever they run. */
export function follow(api: NotesApi, { notes, data }: Pick<NotesFolder, 'notes' | 'data'>) {
  const abort = new AbortController();
  let last: ProcessState | undefined;
  let failure: unknown;
  const wakers = new Set<() => void>();
  const following = (async () => {
    try {
      const stream = api.open(
        { dataDir: data, folders: [{ id: 'one', path: notes }] },
        { signal: abort.signal },
      );
      for await (const state of stream) {
        last = state;
        for (const wake of wakers) wake();
      }
    } catch (error) {
      failure = error;
      for (const wake of wakers) wake();
    }
  })();
  const until = async (wanted: (state: ProcessState) => boolean, what = String(wanted)) => {
    const end = performance.now() + patience;
    while (!last || !wanted(last)) {
      if (failure && !abort.signal.aborted) throw failure;
      if (performance.now() > end) throw new Error(`never: ${what}; last: ${JSON.stringify(last)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, 100);
        function done() {
          clearTimeout(timer);
          wakers.delete(done);
          resolve();
        }
        wakers.add(done);
      });
    }
    return last;
  };
  return {
    state() {
      if (!last) throw new Error('nothing was told yet');
      return last;
    },
    until,
    async settled() {
      await until(() => true, 'a first state');
      await api.compare(null);
      // A state is told up to 100 ms late.
      await new Promise((resolve) => setTimeout(resolve, 150));
      return until(({ index }) => index.phase === 'ready' || index.phase === 'embedding', 'ready');
    },
    async stop() {
      abort.abort();
      await following;
    },
  };
}

/** Serves the notes over a port in this process: inputs are parsed and frames are JSON, as in the app. */
function inProcess(service: ReturnType<typeof createNotes>['service']): NotesApi {
  const send = (to: () => { receive(frame: unknown): void }) => ({
    post: (frame: unknown) => {
      const text = JSON.stringify(frame);
      setImmediate(() => to().receive(JSON.parse(text)));
    },
    close: () => {},
  });
  const server: ReturnType<typeof createPortEnd> = createPortEnd(send(() => client));
  const client: ReturnType<typeof createPortEnd> = createPortEnd(send(() => server));
  serve(notesProcessContract, { notes: service }, server.port, (error, path) => console.error(path, error));
  return connect(notesProcessContract, client.port).notes;
}

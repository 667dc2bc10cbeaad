import { createTopic, type Topic } from '../../base/topic.ts';
import type { Api } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { LoadCause } from '../../contract/load.ts';
import { type EngineContract, engineContract } from '../../engine/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { Child, ChildExit, SpawnChild } from '../children.ts';

export type EngineApi = Api<EngineContract>['engine'];

export interface ProcessStatus {
  readonly process: 'starting' | 'running' | 'restarting' | 'stopped';
  readonly pid: number | null;
}

/** The inference process and its life: started, watched, started again. */
export interface EngineProcess {
  readonly status: Topic<ProcessStatus>;
  /** The api of the running process; waits while one starts. Throws `engine_unavailable` if none will start. */
  api(signal?: AbortSignal): Promise<EngineApi>;
  /** The running process has done real work: the deaths before it are over and do not count any more. */
  proved(): void;
  /** Ends the process on purpose and starts a fresh one; nobody is told of a crash. */
  restart(): void;
  close(): void;
}

/** Times in ms. A process that answers no ping for `deadline` is taken for dead. */
const heartbeat = { every: 2_000, deadline: 10_000, start: 20_000 } as const;
/** Waits before each new start after deaths in a row; one more death and the engine stays stopped until asked for. */
const restartDelays = [0, 500, 2_000, 5_000] as const;

interface Run {
  readonly child: Child;
  readonly api: EngineApi;
  intended: boolean;
  /** Why we killed it, if we did because it hung. */
  verdict?: string;
}

/** Starts and supervises the engine process; `onCrash` is told in words about every death that nobody intended. */
export function superviseEngine(options: {
  spawn: SpawnChild;
  entry: string;
  onCrash: (message: string, cause: LoadCause) => void;
}): EngineProcess {
  const status = createTopic<ProcessStatus>({ process: 'starting', pid: null });
  let run: Run | undefined;
  let deathsInARow = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let reason = 'it did not start';

  const start = () => {
    timer = undefined;
    const child = options.spawn(options.entry);
    const api = connect(engineContract, child.port).engine;
    const ready = api.ping(null).then(() => {
      if (run !== mine) return;
      status.set({ process: 'running', pid: child.pid ?? null });
    });
    const slow = setTimeout(() => {
      mine.verdict = 'it did not start in time';
      child.kill();
    }, heartbeat.start);
    ready.catch(() => {}).finally(() => clearTimeout(slow));
    const mine: Run = { child, api, intended: false };
    run = mine;
    status.update((now) => ({ ...now, pid: child.pid ?? null }));
    child.onExit((exit) => ended(mine, exit));
  };

  const ended = (mine: Run, exit: ChildExit) => {
    if (run !== mine) return;
    run = undefined;
    if (closed) return;
    if (!mine.intended) {
      reason = mine.verdict ?? tellExit(exit);
      deathsInARow++;
      options.onCrash(reason, mine.verdict ? 'unknown' : causeOf(exit));
      if (closed) return;
    }
    const delay = restartDelays[deathsInARow];
    if (delay === undefined) return status.set({ process: 'stopped', pid: null });
    status.set({ process: 'restarting', pid: null });
    timer = setTimeout(start, delay);
  };

  const beat = setInterval(() => {
    const mine = run;
    if (!mine || status.value.process !== 'running') return;
    const late = setTimeout(() => {
      mine.verdict = 'it stopped answering';
      mine.child.kill();
    }, heartbeat.deadline);
    mine.api
      .ping(null)
      .catch(() => {})
      .finally(() => clearTimeout(late));
  }, heartbeat.every);
  beat.unref();

  const gone = () =>
    new InklingError(
      'engine_unavailable',
      `The inference engine does not run: ${reason}. Your chats are safe. Send again to start it anew.`,
    );

  start();
  return {
    status,
    async api(signal) {
      if (closed) throw gone();
      if (!run && !timer) {
        deathsInARow = 0;
        status.set({ process: 'restarting', pid: null });
        start();
      }
      for await (const now of status.watch(signal)) {
        if (now.process === 'stopped') throw gone();
        if (now.process === 'running' && run) return run.api;
      }
      throw new InklingError('cancelled', 'Cancelled.');
    },
    proved() {
      deathsInARow = 0;
    },
    restart() {
      if (!run) return;
      run.intended = true;
      status.set({ process: 'restarting', pid: null });
      run.child.kill();
    },
    close() {
      closed = true;
      clearInterval(beat);
      clearTimeout(timer);
      status.set({ process: 'stopped', pid: null });
      run?.child.kill();
    },
  };
}

/** What these signals mean; a process that gets one cannot say anything of its own any more. */
const signalWords: Readonly<Record<string, string>> = {
  SIGKILL: 'the system ended it, perhaps because memory ran out',
  SIGBUS: 'the model file became shorter, or its disk failed, while it was in use',
  SIGSEGV: 'it read memory that does not exist',
  SIGILL: 'this processor lacks an instruction that it needs',
};
/** What an end by these signals means for the model that was being loaded. */
const signalCauses: Readonly<Record<string, LoadCause>> = {
  SIGKILL: 'memory',
  SIGBUS: 'disk',
  SIGILL: 'cpu',
};
const causeOf = ({ signal }: ChildExit): LoadCause => signalCauses[signal ?? ''] ?? 'unknown';

/** Lines that are no reason: the log of llama.cpp, which goes on before and after, and places in the code. */
const noReason = /^\s*(\[\w+\] |at |$)/;

/** Says how a process ended in words, where it can with the last reason it wrote. */
function tellExit({ code, signal, stderr }: ChildExit): string {
  const known = signal === null ? undefined : signalWords[signal];
  if (known) return `${known} (${signal})`;
  const last = stderr.split('\n').findLast((line) => !noReason.test(line));
  const how = signal ? `it was ended by ${signal}` : `it ended with code ${code ?? 'unknown'}`;
  return last ? `${how} (${last.trim().slice(0, 300)})` : how;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Api, Contract } from '../../electron/contract/define.ts';
import { engineContract, type GenerateEvent, type GenerateInput } from '../../electron/engine/contract.ts';
import { connect } from '../../electron/rpc/connect.ts';
import { createPortEnd, type Port } from '../../electron/rpc/port.ts';

type EngineApi = Api<typeof engineContract>['engine'];

/** A real child process that answers a contract, for tests; `stderr` grows while it runs. */
export interface StartedChild<A> {
  readonly api: A;
  readonly process: ChildProcess;
  stderr(): string;
  /** Resolves when it has ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Nothing is forbidden to root. Without these rights it may read and write what an owner may. */
const ownersOnly = '-dac_override,-dac_read_search';
const stepDown = [`--bounding-set=${ownersOnly}`, `--inh-caps=${ownersOnly}`];

/** With `forbidden`, what a file forbids its owner is forbidden to the child, for root too. */
export function startChild<C extends Contract>(
  entry: string,
  contract: C,
  forbidden = false,
): StartedChild<Api<C>> {
  const node = [process.execPath, '--max-old-space-size=256', entry];
  const asRoot = process.getuid?.() === 0;
  const [command = '', ...args] = forbidden && asRoot ? ['setpriv', ...stepDown, ...node] : node;
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return {
    api: connect(contract, portOf(child)),
    process: child,
    stderr: () => stderr,
    ended,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export function startEngine(forbidden = false): StartedChild<EngineApi> {
  const child = startChild('electron/engine/main.ts', engineContract, forbidden);
  return { ...child, api: child.api.engine };
}

function portOf(child: ChildProcess): Port {
  const end = createPortEnd({
    post: (frame) => void (child.connected && child.send(frame as object)),
    close: () => child.disconnect(),
  });
  child.on('message', (frame) => end.receive(frame));
  child.on('exit', () => end.closed());
  return end.port;
}

/** All events of a stream. */
export async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const events: T[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

export interface Answer {
  readonly text: string;
  readonly thought: string;
  readonly events: readonly GenerateEvent[];
  readonly finished: Extract<GenerateEvent, { type: 'finished' }>;
}

/** Asks and gathers the whole answer. */
export async function ask(
  api: EngineApi,
  text: string,
  options: Omit<Partial<GenerateInput>, 'sampling'> & { sampling?: Partial<GenerateInput['sampling']> } = {},
): Promise<Answer> {
  const events = await all(api.generate({ messages: [{ role: 'user', text }], sampling: {}, ...options }));
  const finished = events.at(-1);
  if (finished?.type !== 'finished') throw new Error('the answer did not finish');
  const join = (type: 'text' | 'thought') =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  return { text: join('text'), thought: join('thought'), events, finished };
}

/** Loads a model and returns what is told of it. */
export async function load(
  api: EngineApi,
  path: string,
  options: Partial<Parameters<EngineApi['load']>[0]> = {},
) {
  const events = await all(
    api.load({ path, contextSize: 2048, threads: 1, threadsBy: 'chosen', gpuLayers: 0, ...options }),
  );
  const ready = events.at(-1);
  if (ready?.type !== 'ready') throw new Error('the model did not get ready');
  return { events, loaded: ready.loaded };
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CompareEvent, Comparison, Pick, Side } from '../../electron/contract/compare.ts';
import { InklingError, toFailure } from '../../electron/contract/errors.ts';
import type { AppApi } from '../../electron/contract/index.ts';
import type { Connection } from '../platform/connection.ts';
import { applyEvent } from './applyEvent.ts';
import { endedLine, type Line, storedLine, withDoc } from './line.ts';
import { createPacer } from './pacer.ts';

/** A comparison as the window shows it; what streams lies in the two lines. */
export interface ComparisonView {
  readonly comparison: Comparison;
  readonly lines: readonly [StoreApi<Line>, StoreApi<Line>];
  /** Answers are being made for it by this window. */
  readonly running: boolean;
}

type StartInput = Parameters<AppApi['compare']['start']>[0];

/** The comparisons that are open in this window. */
export interface ComparisonsStore {
  readonly views: ReadonlyMap<string, ComparisonView>;
  /** Why one could not be opened, by its id. */
  readonly problems: ReadonlyMap<string, string>;
  /** Resolves to its id once question and answers are saved; the answers go on. `onEnded` is told when both have ended. */
  start(input: StartInput, onEnded: (error: unknown) => void): Promise<string>;
  again(id: string, side: Side): Promise<void>;
  stop(id: string): void;
  open(id: string): Promise<void>;
  pick(id: string, pick: Pick): Promise<void>;
}

const settlePauses = [0, 150, 600, 2000];

/** Makes the store. */
export function createComparisonsStore({ api, state: connection }: Connection) {
  const aborts = new Map<string, AbortController>();
  const store = createStore<ComparisonsStore>(() => ({
    views: new Map(),
    problems: new Map(),
    start,
    again: (id, side) => follow(api.compare.again, { id, side }, () => {}).ended,
    stop: (id) => aborts.get(id)?.abort(),
    open,
    async pick(id, pick) {
      put(id, { comparison: await api.compare.pick({ id, pick }) });
    },
  }));
  const find = (id: string) => store.getState().views.get(id);
  const put = (id: string, patch: Partial<ComparisonView> & { comparison: Comparison }) => {
    const known = find(id);
    const lines = known?.lines ?? [newLine(patch.comparison, 0), newLine(patch.comparison, 1)];
    const view = { running: false, ...known, lines, ...patch };
    store.setState({ views: new Map(store.getState().views).set(id, view) });
  };

  async function start(input: StartInput, onEnded: (error: unknown) => void): Promise<string> {
    const { begun, ended } = follow(api.compare.start, input, onEnded);
    ended.catch(() => {});
    return begun;
  }

  /** Reads the events of a stream into the lines of the comparison that it begins with. */
  function follow<I>(
    call: (input: I, options: { signal: AbortSignal }) => AsyncIterable<CompareEvent>,
    input: I,
    onEnded: (error: unknown) => void,
  ): { begun: Promise<string>; ended: Promise<void> } {
    const { promise: begun, resolve, reject } = Promise.withResolvers<string>();
    begun.catch(() => {});
    const abort = new AbortController();
    const run = async () => {
      let id: string | null = null;
      const shown: [Line | null, Line | null] = [null, null];
      const show = (side: Side) => {
        const line = shown[side];
        const target = id === null ? undefined : find(id)?.lines[side];
        if (line && target) target.setState(withDoc({ ...line, doc: target.getState().doc }), true);
      };
      const pacers = [createPacer(() => show(0)), createPacer(() => show(1))] as const;
      try {
        for await (const event of call(input, { signal: abort.signal })) {
          if (event.type === 'begun') {
            const { comparison } = event;
            id = comparison.id;
            aborts.set(id, abort);
            put(id, { comparison, running: true });
            for (const side of [0, 1] as const) {
              const { answer } = comparison.sides[side];
              if (answer.state === 'streaming') shown[side] = beginning(answer);
              else shown[side] = storedLine(answer);
              show(side);
            }
            resolve(id);
            continue;
          }
          const line = shown[event.side];
          if (!line) continue;
          shown[event.side] = applyEvent(line, event.event, performance.now());
          if (event.event.type === 'text' || event.event.type === 'thought') pacers[event.side].request();
          else show(event.side);
        }
        onEnded(null);
      } catch (error) {
        reject(error);
        const cause = abort.signal.aborted ? null : error;
        for (const side of [0, 1] as const) {
          const line = shown[side];
          if (line?.phase) shown[side] = endedLine(line, cause);
        }
        onEnded(cause);
        if (id === null) throw error;
      } finally {
        for (const pacer of pacers) pacer.stop();
        if (id !== null) {
          show(0);
          show(1);
          aborts.delete(id);
          const view = find(id);
          if (view) put(id, { comparison: view.comparison, running: false });
          void settle(id);
        }
      }
    };
    return { begun, ended: run() };
  }

  /** What the app stored is the truth; after a stop it is written a moment later than the stream ends. */
  async function settle(id: string): Promise<void> {
    for (const pause of settlePauses) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (aborts.has(id)) return;
      const comparison = await api.compare.get({ id }).catch(() => null);
      if (!comparison || comparison.sides.some(({ answer }) => answer.state === 'streaming')) continue;
      show(comparison);
      return;
    }
  }

  function show(comparison: Comparison): void {
    put(comparison.id, { comparison });
    for (const side of [0, 1] as const)
      find(comparison.id)?.lines[side].setState(storedLine(comparison.sides[side].answer), true);
  }

  async function open(id: string): Promise<void> {
    if (find(id)?.running) return;
    const problems = new Map(store.getState().problems);
    problems.delete(id);
    try {
      show(await api.compare.get({ id }));
    } catch (error) {
      problems.set(id, toFailure(error).message);
    }
    store.setState({ problems });
  }

  connection.subscribe((next, previous) => {
    if (next.epoch === previous.epoch || previous.epoch === 0) return;
    for (const id of store.getState().views.keys()) void open(id);
  });
  return store;
}

function newLine(comparison: Comparison, side: Side): StoreApi<Line> {
  return createStore<Line>(() => storedLine(comparison.sides[side].answer));
}

const beginning = (answer: Line['message']): Line => ({ ...storedLine(answer), phase: { kind: 'sending' } });

/** An error that only says that the person stopped it. */
export const isStop = (error: unknown): boolean =>
  error instanceof InklingError && error.code === 'cancelled';

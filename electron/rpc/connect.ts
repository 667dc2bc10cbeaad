import { createAsyncQueue } from '../base/asyncQueue.ts';
import type { Api, CallOptions, Contract } from '../contract/define.ts';
import { fromFailure, InklingError } from '../contract/errors.ts';
import { type CallId, idOf, serverFrame } from './frames.ts';
import type { Port } from './port.ts';

interface Pending {
  event(data: unknown): void;
  end(data: unknown): void;
  fail(error: InklingError): void;
}

/** Events a stream may have unread before the host waits for the reader. */
const streamWindow = 256;
const cancelled = () => new InklingError('cancelled', 'Cancelled.');
const lost = () =>
  new InklingError(
    'connection_lost',
    'The connection to Inkling was lost. What was saved is safe; reload to go on.',
  );

/** Makes the typed API of a contract over a port. A lost connection fails every open call with `connection_lost`. */
export function connect<C extends Contract>(contract: C, port: Port): Api<C> {
  const pending = new Map<CallId, Pending>();
  let lastId = 0;
  let closed = false;

  const open = (
    path: string,
    input: unknown,
    entry: Pending,
    options: CallOptions | undefined,
    window?: number,
  ) => {
    if (closed) return entry.fail(lost());
    if (options?.signal?.aborted) return entry.fail(cancelled());
    const id = ++lastId;
    const onAbort = () => {
      port.post({ type: 'cancel', id });
      settle(id)?.fail(cancelled());
    };
    const settled = () => options?.signal?.removeEventListener('abort', onAbort);
    options?.signal?.addEventListener('abort', onAbort, { once: true });
    pending.set(id, {
      event: entry.event,
      end(data) {
        settled();
        entry.end(data);
      },
      fail(error) {
        settled();
        entry.fail(error);
      },
    });
    const frame = { type: 'call', id, path, input: input === undefined ? null : input };
    try {
      port.post(window ? { ...frame, window } : frame);
    } catch {
      settle(id)?.fail(new InklingError('bad_input', `The input of "${path}" cannot be sent.`));
    }
    return id;
  };
  const settle = (id: CallId) => {
    const found = pending.get(id);
    pending.delete(id);
    return found;
  };

  const callMethod = (path: string, input: unknown, options?: CallOptions) =>
    new Promise<unknown>((resolve, reject) => {
      open(path, input, { event: () => {}, end: resolve, fail: reject }, options);
    });

  const callStream = (path: string, input: unknown, options?: CallOptions): AsyncIterable<unknown> => ({
    [Symbol.asyncIterator]() {
      let taken = 0;
      let id: CallId | undefined;
      const queue = createAsyncQueue<unknown>({
        onTake() {
          // Acknowledge in batches: one frame back for many events.
          if (++taken < streamWindow / 4 || id === undefined) return;
          port.post({ type: 'ack', id, count: taken });
          taken = 0;
        },
        onReturn() {
          if (id === undefined || !pending.has(id)) return;
          port.post({ type: 'cancel', id });
          settle(id)?.end(undefined);
        },
      });
      const sink: Pending = { event: queue.push, end: queue.end, fail: queue.fail };
      id = open(path, input, sink, options, streamWindow) ?? undefined;
      return queue;
    },
  });

  port.onFrame((raw) => {
    const frame = serverFrame.safeParse(raw);
    if (!frame.success) {
      const id = idOf(raw);
      const caller = id === null ? undefined : settle(id);
      if (!caller) return;
      port.post({ type: 'cancel', id });
      caller.fail(new InklingError('internal', 'Inkling sent an answer that cannot be read.'));
      return;
    }
    const { id } = frame.data;
    if (id === null) return;
    switch (frame.data.type) {
      case 'event':
        pending.get(id)?.event(frame.data.data);
        return;
      case 'end':
        settle(id)?.end(frame.data.data);
        return;
      case 'error':
        settle(id)?.fail(fromFailure(frame.data.error));
        return;
    }
  });
  port.onClose(() => {
    closed = true;
    for (const id of [...pending.keys()]) settle(id)?.fail(lost());
  });

  return buildApi(contract, callMethod, callStream) as Api<C>;
}

type Caller = (path: string, input: unknown, options?: CallOptions) => unknown;

function buildApi(contract: Contract, callMethod: Caller, callStream: Caller): unknown {
  const domains = Object.entries(contract).map(([domain, entries]) => {
    const calls = Object.entries(entries).map(([name, entry]) => {
      const caller = entry.kind === 'method' ? callMethod : callStream;
      return [name, (input: unknown, options?: CallOptions) => caller(`${domain}.${name}`, input, options)];
    });
    return [domain, Object.fromEntries(calls)];
  });
  return Object.fromEntries(domains);
}

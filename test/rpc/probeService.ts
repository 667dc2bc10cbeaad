import type { Service } from '../../electron/contract/define.ts';
import { InklingError } from '../../electron/contract/errors.ts';
import type { ProbeContract, Trace } from './probeContract.ts';

const thrown = {
  error: () => new Error('the disk caught fire'),
  string: () => 'thrown words',
  undefined: () => undefined,
  bare: () => Object.create(null),
  abort: () => new DOMException('stopped', 'AbortError'),
} as const;

/** Makes the service behind {@link ProbeContract}; `traces` shows what its calls did. */
export function createProbeService() {
  const traces = new Map<string, Trace>();
  const change = (name: string, patch: (trace: Trace) => Partial<Trace>) => {
    const before = traces.get(name) ?? { started: 0, produced: 0, aborted: false, finalised: false };
    traces.set(name, { ...before, ...patch(before) });
  };
  const begin = (name: string, signal: AbortSignal) => {
    change(name, (trace) => ({ started: trace.started + 1 }));
    signal.addEventListener('abort', () => change(name, () => ({ aborted: true })));
  };

  const service: Service<ProbeContract> = {
    say: {
      echo: (input) => input,
      defaults: (input) => input,
      nothing: () => null,
      fail: ({ code, message, details }) => {
        throw new InklingError(code, message, details);
      },
      crash: (kind) => {
        throw thrown[kind]();
      },
      unwritable: () => cycle(),
      unwritableDetails: () => {
        throw new InklingError('conflict', 'words that arrive', { cycle: cycle() });
      },
      never: ({ name }, { signal }) => {
        begin(name, signal);
        return new Promise(() => {});
      },
      trace: ({ name }) => traces.get(name) ?? { started: 0, produced: 0, aborted: false, finalised: false },
    },
    flow: {
      async *count({ name, to }, { signal }) {
        begin(name, signal);
        try {
          for (let value = 0; value < to; value++) {
            change(name, ({ produced }) => ({ produced: produced + 1 }));
            yield value;
          }
        } finally {
          change(name, () => ({ finalised: true }));
        }
      },
      async *values() {
        yield* [1, undefined, null, 'last'];
      },
      async *watch({ name }, { signal }) {
        begin(name, signal);
        try {
          yield 'now';
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        } finally {
          change(name, () => ({ finalised: true }));
        }
      },
      async *deaf({ name }, { signal }) {
        begin(name, signal);
        await new Promise(() => {});
      },
      async *breaks({ code }) {
        yield* [1, 2];
        throw new InklingError(code, 'broke in the middle');
      },
      async *unwritable() {
        yield cycle();
      },
    },
  };
  return { service, traces };
}

// A BigInt inside a cycle: neither JSON nor, because of the function, a structured clone can carry it.
function cycle(): unknown {
  const round: Record<string, unknown> = { big: 1n, call: () => {} };
  round['self'] = round;
  return round;
}

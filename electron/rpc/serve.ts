import type { z } from 'zod';
import type { Contract, Entry, Service } from '../contract/define.ts';
import { InklingError, toFailure } from '../contract/errors.ts';
import { type Credit, createCredit } from './credit.ts';
import { type CallId, type ClientFrame, clientFrame, idOf } from './frames.ts';
import type { Port } from './port.ts';

type Handler = (input: unknown, options: { signal: AbortSignal }) => unknown;
interface Running {
  readonly abort: AbortController;
  readonly credit: Credit;
}

/** Calls that one connection may have open at once; beyond that it is told `busy`. */
const maxOpenCalls = 1000;

/**
 * Answers the frames of one port with a service. Inputs are parsed here and nowhere else; closing the port aborts
 * everything it started. `onInternal` is told of errors that are not {@link InklingError}s (for the log).
 */
export function serve<C extends Contract>(
  contract: C,
  service: Service<C>,
  port: Port,
  onInternal: (error: unknown, path: string) => void = () => {},
): void {
  const running = new Map<CallId, Running>();

  const fail = (id: CallId | null, error: unknown) =>
    port.post({ type: 'error', id, error: toFailure(error) });

  const call = async (frame: ClientFrame & { type: 'call' }) => {
    const { id, path } = frame;
    if (running.has(id)) return fail(id, new InklingError('bad_input', `Call id ${id} is already in use.`));
    if (running.size >= maxOpenCalls) return fail(id, new InklingError('busy', 'Too many calls are open.'));
    const abort = new AbortController();
    const credit = createCredit(frame.window, abort.signal);
    running.set(id, { abort, credit });
    try {
      const { entry, handler } = find(contract, service, path);
      const input = parseInput(entry, frame.input, path);
      if (entry.kind === 'method') {
        const data = await handler(input, { signal: abort.signal });
        port.post({ type: 'end', id, data: data === undefined ? null : data });
      } else {
        await pump(handler(input, { signal: abort.signal }) as AsyncIterable<unknown>, id, credit);
      }
    } catch (error) {
      if (!(error instanceof InklingError) && !abort.signal.aborted) onInternal(error, path);
      fail(id, abort.signal.aborted ? new InklingError('cancelled', 'Cancelled.') : error);
    } finally {
      running.delete(id);
    }
  };

  const pump = async (events: AsyncIterable<unknown>, id: CallId, credit: Credit) => {
    for await (const data of events) {
      if (credit.signal.aborted) break;
      await port.post({ type: 'event', id, data });
      await credit.take();
      if (credit.signal.aborted) break;
    }
    credit.signal.throwIfAborted();
    port.post({ type: 'end', id });
  };

  port.onFrame((raw) => {
    const frame = clientFrame.safeParse(raw);
    if (!frame.success) {
      fail(idOf(raw), new InklingError('bad_input', 'This is not a frame Inkling understands.'));
      return;
    }
    switch (frame.data.type) {
      case 'call':
        void call(frame.data);
        return;
      case 'cancel':
        running.get(frame.data.id)?.abort.abort(new InklingError('cancelled', 'Cancelled.'));
        return;
      case 'ack':
        running.get(frame.data.id)?.credit.give(frame.data.count);
        return;
    }
  });
  port.onClose(() => {
    for (const { abort } of running.values())
      abort.abort(new InklingError('cancelled', 'The connection closed.'));
  });
}

function find(contract: Contract, service: object, path: string): { entry: Entry; handler: Handler } {
  const [domain = '', name = '', ...rest] = path.split('.');
  const group = Object.hasOwn(contract, domain) ? contract[domain] : undefined;
  const entry = group && Object.hasOwn(group, name) ? group[name] : undefined;
  if (!entry || rest.length > 0) throw new InklingError('not_found', `There is no call named "${path}".`);
  const handlers = service as Record<string, Record<string, Handler>>;
  const handler = handlers[domain]?.[name];
  if (!handler) throw new InklingError('internal', `"${path}" has no service.`);
  return { entry, handler };
}

function parseInput(entry: Entry, input: unknown, path: string): unknown {
  const parsed = (entry.input as z.ZodType).safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue && issue.path.length > 0 ? ` at "${issue.path.join('.')}"` : '';
  throw new InklingError(
    'bad_input',
    `The input of "${path}" is not valid${where}: ${issue?.message ?? 'unknown'}`,
  );
}

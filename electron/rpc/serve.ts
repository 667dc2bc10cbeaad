import type { z } from 'zod';
import { abortable } from '../base/abortable.ts';
import { assertNever } from '../base/assertNever.ts';
import type { Contract, Entry, Service } from '../contract/define.ts';
import { InklingError, toFailure } from '../contract/errors.ts';
import { type Credit, createCredit } from './credit.ts';
import { type CallId, type ClientFrame, clientFrame, idOf } from './frames.ts';
import type { Port } from './port.ts';
import { pump } from './pump.ts';

type Handler = (input: unknown, options: { signal: AbortSignal }) => unknown;
interface Running {
  readonly abort: AbortController;
  readonly credit: Credit;
}
type OnInternal = (error: unknown, path: string) => void;

/** Calls that one connection may have open at once; beyond that it is told `busy`. */
const maxOpenCalls = 1000;
const cancelled = (words: string) => new InklingError('cancelled', words);

/**
 * Answers the frames of one port with a service. Inputs are parsed here and nowhere else; closing the port aborts
 * everything it started. A cancelled call is over at once, even if its service is slow to notice. `onInternal` is told
 * of errors that are not {@link InklingError}s (for the log).
 */
export function serve<C extends Contract>(
  contract: C,
  service: Service<C>,
  port: Port,
  onInternal: OnInternal = () => {},
): void {
  const running = new Map<CallId, Running>();
  // Answers of methods that the transport still holds count as open: a caller that does not read is told `busy`.
  let unsent = 0;
  let closed = false;

  const fail = (id: CallId | null, error: unknown) => {
    const failed = toFailure(error);
    try {
      port.post({ type: 'error', id, error: failed });
    } catch {
      // The details cannot be written; the code and the words always can.
      port.post({ type: 'error', id, error: { code: failed.code, message: failed.message } });
    }
  };

  const answer = (id: CallId, data: unknown) => {
    const sent = port.post({ type: 'end', id, data: orNull(data) });
    if (!(sent instanceof Promise)) return;
    unsent++;
    void sent.then(() => unsent--);
  };

  const call = async (frame: ClientFrame & { type: 'call' }) => {
    const { id, path } = frame;
    if (running.has(id)) return fail(id, new InklingError('bad_input', `Call id ${id} is already in use.`));
    if (running.size + unsent >= maxOpenCalls)
      return fail(id, new InklingError('busy', 'Too many calls are open.'));
    const abort = new AbortController();
    const { signal } = abort;
    const credit = createCredit(frame.window, signal);
    running.set(id, { abort, credit });
    try {
      const { entry, handler } = find(contract, service, path);
      const answered = handler(parseInput(entry, frame.input, path), { signal });
      if (entry.kind === 'method') {
        answer(id, await abortable(Promise.resolve(answered), signal));
      } else {
        const send = async (data: unknown) => {
          await credit.take();
          signal.throwIfAborted();
          const sent = port.post({ type: 'event', id, data: orNull(data) });
          if (sent instanceof Promise) await abortable(sent, signal);
        };
        await pump(answered as AsyncIterable<unknown>, signal, send, (error) => onInternal(error, path));
        port.post({ type: 'end', id });
      }
    } catch (error) {
      if (!(error instanceof InklingError) && !signal.aborted) onInternal(error, path);
      fail(id, signal.aborted ? signal.reason : error);
    } finally {
      running.delete(id);
    }
  };

  port.onFrame((raw) => {
    if (closed) return;
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
        running.get(frame.data.id)?.abort.abort(cancelled('Cancelled.'));
        return;
      case 'ack':
        running.get(frame.data.id)?.credit.give(frame.data.count);
        return;
      default:
        assertNever(frame.data);
    }
  });
  port.onClose(() => {
    closed = true;
    for (const { abort } of running.values()) abort.abort(cancelled('The connection closed.'));
  });
}

/** JSON has no `undefined`: it would drop the whole key. */
const orNull = (data: unknown) => (data === undefined ? null : data);

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
  const schema: z.ZodType = entry.input;
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  // On the wire "no input" is null; a schema may know it only as undefined.
  const left = input === null ? schema.safeParse(undefined) : parsed;
  if (left.success) return left.data;
  const issue = parsed.error.issues[0];
  const where = issue && issue.path.length > 0 ? ` at "${issue.path.join('.')}"` : '';
  throw new InklingError(
    'bad_input',
    `The input of "${path}" is not valid${where}: ${issue?.message ?? 'unknown'}`,
  );
}

import { assertNever } from '../../electron/base/assertNever.ts';
import type { ChatEvent } from '../../electron/contract/chat.ts';
import type { Line } from './line.ts';

/** Changes the one answer line that an event is about; pure, and free of the answer's length. `now` in ms. */
export function applyEvent(line: Line, event: ChatEvent, now: number): Line {
  switch (event.type) {
    case 'accepted':
      return { ...line, message: event.answer };
    case 'waiting':
      return { ...line, phase: { kind: 'waiting', ahead: event.ahead } };
    case 'loading': {
      const { modelId, phase, fraction } = event;
      return { ...line, phase: { kind: 'loading', modelId, step: phase, fraction } };
    }
    case 'prompt':
      return {
        ...line,
        message: { ...line.message, leftOut: event.leftOut },
        phase: { kind: 'prefill', done: 0, total: event.tokens, leftMs: null },
      };
    case 'notes':
      return { ...line, message: { ...line.message, notes: event.notes } };
    case 'prefill':
      return {
        ...line,
        phase: { kind: 'prefill', done: event.done, total: event.total, leftMs: event.leftMs ?? null },
      };
    case 'thought':
      return {
        ...line,
        message: { ...line.message, thought: line.message.thought + event.text },
        phase: line.phase?.kind === 'thinking' ? line.phase : { kind: 'thinking', since: now },
      };
    case 'text':
      return {
        ...line,
        message: { ...line.message, text: line.message.text + event.text },
        thoughtMs: line.phase?.kind === 'thinking' ? now - line.phase.since : line.thoughtMs,
        phase: line.phase?.kind === 'writing' ? line.phase : { kind: 'writing' },
      };
    case 'saving':
      return { ...line, saving: event.problem };
    case 'finished': {
      const { type: _, ...end } = event;
      return { ...line, phase: null, message: { ...line.message, ...end } };
    }
    default:
      return assertNever(event);
  }
}

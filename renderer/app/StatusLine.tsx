import { assertNever } from '../../electron/base/assertNever.ts';
import type { EngineStatus } from '../../electron/contract/engine.ts';
import { isMoving } from '../stores/downloads.ts';
import { Hint } from '../ui/Hint.tsx';
import { useConnection } from './ConnectionBanner.tsx';
import { useStore } from './stores.tsx';

/** The state of the engine in a word, and what of the network is used. */
export function StatusLine() {
  const engine = useStore('engine', (state) => state.engine);
  const fetching = useStore('downloads', ({ downloads }) => downloads?.some(isMoving) === true);
  const { state } = useConnection();
  const { tone, text } =
    state === 'open'
      ? fetching
        ? { tone: 'ok', text: 'Downloading' }
        : wordsOf(engine)
      : { tone: 'warn', text: state === 'lost' ? 'Not connected' : 'Starting…' };
  return (
    <Hint
      side="top"
      text="Chats stay on this computer. Inkling asks the network only to search for and download models; Settings, Privacy lists every request."
    >
      <button type="button" className="status-line">
        <span className="dot" data-tone={tone} />
        <span className="truncate">{text}</span>
      </button>
    </Hint>
  );
}

function wordsOf(engine: EngineStatus | null): { readonly tone: string; readonly text: string } {
  if (!engine) return { tone: 'warn', text: 'Starting…' };
  switch (engine.process) {
    case 'starting':
      return { tone: 'warn', text: 'Offline · engine starting' };
    case 'restarting':
      return { tone: 'warn', text: 'Offline · engine restarting' };
    case 'stopped':
      return { tone: 'bad', text: 'Offline · engine stopped' };
    case 'running':
      return { tone: 'ok', text: runningWords(engine) };
    default:
      return assertNever(engine.process);
  }
}

function runningWords({ busy, next, rested }: EngineStatus): string {
  if (busy) return 'Offline · answering';
  if (next?.state === 'loading') return 'Offline · loading the next model';
  return rested === null ? 'Offline' : 'Offline · model at rest';
}

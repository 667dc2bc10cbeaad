import { useStore } from '../app/stores.tsx';
import { formatSize, plural } from '../ui/format.ts';

/** This computer in one line: what models have to run on. */
export function MachineLine() {
  const hardware = useStore('engine', ({ engine }) => engine?.hardware ?? null);
  const threads = useStore('engine', ({ engine }) =>
    engine?.model.state === 'ready' ? engine.model.loaded.threads : null,
  );
  if (!hardware) return <p className="muted small">This computer has not been looked at yet.</p>;
  const { gpuNames, gpuMemory } = hardware;
  const gpu = gpuNames.join(', ') + (gpuMemory ? ` with ${formatSize(gpuMemory.total)}` : '');
  return (
    <p className="muted small">
      {[
        plural(hardware.cores, 'core'),
        `${formatSize(hardware.totalMemory)} memory`,
        gpu || 'no GPU',
        threads !== null && `runs with ${plural(threads, 'thread')}`,
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

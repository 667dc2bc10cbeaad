import type { Hardware } from '../../electron/contract/engine.ts';
import { useStore } from '../app/stores.tsx';
import { formatCount, formatSize } from '../ui/format.ts';
import { SpeedChart } from './SpeedChart.tsx';
import './ThisComputer.css';
import { ThreadsCard } from './ThreadsCard.tsx';

const backendNames: Record<string, string> = {
  cpu: 'The processor',
  vulkan: 'The graphics card, through Vulkan',
  metal: 'The graphics card, through Metal',
  cuda: 'The graphics card, through CUDA',
};

/** What the engine found here, how fast models were, and how many threads suit the loaded one. */
export function ThisComputer() {
  const hardware = useStore('engine', ({ engine }) => engine?.hardware ?? null);
  return (
    <div className="page-column">
      <section className="card" aria-label="Hardware">
        <h2>This computer</h2>
        {hardware ? <Facts hardware={hardware} /> : <p className="muted">The engine has not told yet.</p>}
      </section>
      <SpeedChart />
      <ThreadsCard />
    </div>
  );
}

function Facts({ hardware }: { readonly hardware: Hardware }) {
  const { cpu, cores, cpuFeatures, totalMemory, gpuNames, gpuMemory, backend, backendReason } = hardware;
  return (
    <dl className="facts">
      <Fact name="Processor" value={`${cpu}, ${formatCount(cores)} ${cores === 1 ? 'core' : 'cores'}`} />
      {cpuFeatures.length > 0 && (
        <Fact name="Its features" value={cpuFeatures.map((name) => name.replaceAll('_', ' ')).join(', ')} />
      )}
      <Fact name="Memory" value={formatSize(totalMemory)} />
      <Fact
        name="Graphics"
        value={
          gpuNames.length === 0
            ? 'none that the engine can use'
            : [gpuNames.join(', '), gpuMemory && `${formatSize(gpuMemory.total)} of its own`]
                .filter(Boolean)
                .join(', ')
        }
      />
      <div>
        <dt>Runs on</dt>
        <dd className="fact-lines">
          <span>{backendNames[backend] ?? backend}</span>
          {backendReason && <span className="muted small">{backendReason}</span>}
          {hardware.note && <span className="small fact-note">{hardware.note}</span>}
        </dd>
      </div>
      <Fact name="llama.cpp" value={hardware.llamaCpp} />
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

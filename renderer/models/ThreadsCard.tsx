import { Gauge } from 'lucide-react';
import { loadSettings } from '../../electron/contract/load.ts';
import { chooseModel } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { findModel } from '../stores/library.ts';
import { Button } from '../ui/Button.tsx';
import { formatDuration, formatSpeed } from '../ui/format.ts';
import { SelectField } from '../ui/SelectField.tsx';

const usualLoad = loadSettings.parse({});

const threadsBy = {
  measured: 'measured just now',
  remembered: 'measured earlier on this computer',
  chosen: 'chosen by you',
} as const;

/** How many threads the loaded model runs with, how fast each count was, and a choice by hand. */
export function ThreadsCard() {
  const stores = useStores();
  const { engine, settings, fail } = stores;
  const state = useStore('engine', (store) => store.engine?.model ?? null);
  const cores = useStore('engine', (store) => store.engine?.hardware?.cores ?? 1);
  const measuring = useStore('engine', (store) => store.measuring);
  const library = useStore('library', (store) => store.library);
  const all = useStore('settings', (store) => store.settings?.load);
  if (state?.state !== 'ready') {
    return (
      <section className="card" aria-label="Threads">
        <h2>Threads</h2>
        <p className="muted">Load a model to see how fast it runs with how many threads.</p>
      </section>
    );
  }
  const { id, loaded } = state;
  const chosen = all?.[id]?.threads ?? null;
  const fastest = Math.max(...loaded.threadSpeeds.map(({ tokensPerSecond }) => tokensPerSecond), 1);
  const choose = async (value: string) => {
    const now = all?.[id] ?? usualLoad;
    await settings
      .getState()
      .set({ load: { ...all, [id]: { ...now, threads: value === '' ? null : Number(value) } } });
    await chooseModel(stores, id);
  };
  return (
    <section className="card" aria-label="Threads">
      <h2>Threads for {findModel(library, id)?.name ?? 'the loaded model'}</h2>
      <p>
        It runs with <strong>{loaded.threads}</strong>, {threadsBy[loaded.threadsBy]}. Loaded in{' '}
        {formatDuration(loaded.loadMs)}
        {loaded.gpuLayers > 0 && `, ${loaded.gpuLayers} of ${loaded.totalLayers} layers on the GPU`}.
      </p>
      {loaded.threadSpeeds.length > 0 && (
        <dl className="speeds">
          {loaded.threadSpeeds.map(({ threads, tokensPerSecond }) => (
            <div key={threads} data-chosen={threads === loaded.threads || undefined}>
              <dt>{threads === 1 ? '1 thread' : `${threads} threads`}</dt>
              <dd>
                <span className="speed-bar" aria-hidden>
                  <span style={{ width: `${(tokensPerSecond / fastest) * 100}%` }} />
                </span>
                {formatSpeed(tokensPerSecond)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="threads-actions">
        <Button icon={Gauge} disabled={measuring} onClick={() => engine.getState().measure().catch(fail)}>
          {measuring ? 'Measuring…' : 'Measure again'}
        </Button>
        <SelectField
          label="Threads by hand"
          value={chosen === null ? '' : String(chosen)}
          options={[
            { value: '', label: 'Automatic' },
            ...Array.from({ length: Math.min(cores, 64) }, (_, i) => ({
              value: String(i + 1),
              label: String(i + 1),
            })),
          ]}
          onChange={(value) => void choose(value).catch(fail)}
        />
      </div>
      {loaded.template.note && <p className="muted small">Chat template: {loaded.template.note}</p>}
    </section>
  );
}

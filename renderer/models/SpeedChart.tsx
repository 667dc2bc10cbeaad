import { useEffect, useState } from 'react';
import type { MeasuredSpeed } from '../../electron/contract/engine.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { formatOne, formatSize } from '../ui/format.ts';

/** Models that are shown, fastest first. */
const most = 12;

/** How fast models answered on this computer: a table whose cells are bars, so that everybody can read it. */
export function SpeedChart() {
  const speeds = useSpeeds();
  const shown = [...speeds].sort((a, b) => b.tokensPerSecond - a.tokensPerSecond).slice(0, most);
  const fastest = Math.max(...shown.map(({ tokensPerSecond }) => tokensPerSecond), 1);
  return (
    <section className="card" aria-label="Measured speed">
      <h2>Measured speed</h2>
      {shown.length === 0 ? (
        <p className="muted">
          Nothing was measured yet. Every answer of a model is; Discover then says about how fast others will
          be.
        </p>
      ) : (
        <table className="speed-table">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">Tokens a second</th>
              <th scope="col">Size</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, size, tokensPerSecond }) => (
              <tr key={`${name} ${size}`}>
                <th scope="row" className="truncate" title={name}>
                  {name}
                </th>
                <td>
                  <span className="speed-cell">
                    <span className="speed-bar" aria-hidden>
                      <span style={{ width: `${(tokensPerSecond / fastest) * 100}%` }} />
                    </span>
                    {formatOne(tokensPerSecond)}
                  </span>
                </td>
                <td className="speed-size">{formatSize(size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The speeds now and after each answer. */
function useSpeeds(): readonly MeasuredSpeed[] {
  const { api } = useStores();
  const busy = useStore('engine', ({ engine }) => engine?.busy ?? false);
  const [speeds, setSpeeds] = useState<readonly MeasuredSpeed[]>([]);
  useEffect(() => {
    if (busy) return;
    const left = new AbortController();
    api.engine
      .speeds(null, { signal: left.signal })
      .then(setSpeeds)
      // Without a connection the last ones stay.
      .catch(() => {});
    return () => left.abort();
  }, [api, busy]);
  return speeds;
}

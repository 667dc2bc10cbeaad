import { useEffect, useState } from 'react';
import type { LoadEstimate, LoadSettings } from '../../electron/contract/load.ts';
import { useStores } from '../app/stores.tsx';

/** The memory that a load with these settings will take; the last answer stays until the next. Null while unknown. */
export function useEstimate(modelId: string, settings: LoadSettings): LoadEstimate | null {
  const { api } = useStores();
  const [estimate, setEstimate] = useState<LoadEstimate | null>(null);
  useEffect(() => {
    const left = new AbortController();
    api.engine
      .estimate({ modelId, settings }, { signal: left.signal })
      .then((answer) => {
        if (!left.signal.aborted) setEstimate(answer);
      })
      .catch(() => {
        if (!left.signal.aborted) setEstimate(null);
      });
    return () => left.abort();
  }, [api, modelId, settings]);
  return estimate;
}

import type { Hardware } from '../../contract/engine.ts';
import { InklingError } from '../../contract/errors.ts';
import type { EngineApi } from './engineProcess.ts';

/** Makes each new engine process load llama.cpp before anything else is asked of it. */
export interface Probe {
  /** Resolves once this process has told what it runs on; the same process is asked once. */
  ready(api: EngineApi): Promise<void>;
}

/**
 * Asks each process for its hardware. A graphics driver can end the process while it is loaded: then the next one is
 * started without the GPU, and says so, instead of ending the same way for ever.
 */
export function createProbe(onHardware: (hardware: Hardware) => void): Probe {
  const asked = new WeakMap<EngineApi, Promise<void>>();
  let gpu = true;

  const ask = async (api: EngineApi) => {
    const withGpu = gpu;
    try {
      const found = await api.hardware({ gpu: withGpu });
      const note = withGpu
        ? found.note
        : 'The graphics driver made the engine stop, so it runs on the processor alone.';
      onHardware({ ...found, note });
    } catch (error) {
      if (withGpu && error instanceof InklingError && error.code === 'connection_lost') gpu = false;
      throw error;
    }
  };

  return {
    ready(api) {
      const asking = asked.get(api) ?? ask(api);
      asked.set(api, asking);
      return asking;
    },
  };
}

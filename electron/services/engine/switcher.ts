import { createLock } from '../../base/lock.ts';
import { InklingError } from '../../contract/errors.ts';
import type { LoadSettings } from '../../contract/load.ts';
import type { Crew } from './crew.ts';
import { type LoadProgress, type LoadRequest, loadInto, type RequestFor, sameness } from './loader.ts';
import type { Slot } from './slot.ts';

/** A wish for a model. */
export interface Wish {
  readonly modelId: string;
  readonly signal: AbortSignal;
  readonly onProgress: LoadProgress;
  /** Tried in place of the kept settings. */
  readonly settings?: LoadSettings | undefined;
}

const unloadedFirst = 'There is not enough free memory for two models, so the one before was unloaded first.';

/**
 * Brings models into use. While one answers, another is loaded in a second process, if memory allows, and takes its place
 * once it is ready; whatever goes wrong until then leaves the old one in use. Else the old one goes first.
 */
export function createSwitcher(deps: {
  crew: Crew;
  requestFor: RequestFor;
  /** Whether so many bytes fit beside what runs. */
  roomFor: (bytes: number, gpuLayers: number | 'auto') => boolean;
}) {
  const { crew } = deps;
  const gpu = () => crew.hardware !== null && crew.hardware.backend !== 'cpu';
  const loads = createLock();

  const isLoaded = ({ modelId }: Wish, { input }: LoadRequest) => {
    const { model, loadedWith } = crew.active;
    return model.state === 'ready' && model.id === modelId && loadedWith === sameness(input);
  };

  /** The slot where it is loaded as it is asked for; adapters may have changed since, which needs no load. */
  const already = async (wish: Wish, request: LoadRequest): Promise<Slot | null> => {
    if (!isLoaded(wish, request)) return null;
    const slot = crew.active;
    if (slot.adaptedWith !== JSON.stringify(request.input.adapters)) await adapt(slot, request);
    return slot;
  };

  const adapt = async (slot: Slot, request: LoadRequest): Promise<void> => {
    const { model } = slot;
    if (model.state !== 'ready') throw new InklingError('no_model', 'No model is loaded. Load one first.');
    const api = await slot.api();
    const { threadSpeeds } = model.loaded;
    const loaded = await api.adapt({ adapters: request.input.adapters }).catch(async (error: unknown) => {
      throw await slot.translate(error);
    });
    slot.adaptedWith = JSON.stringify(request.input.adapters);
    const shown = loaded.threadSpeeds.length > 0 ? loaded : { ...loaded, threadSpeeds };
    slot.setModel({ state: 'ready', id: model.id, loaded: shown });
  };

  const mayLoadBeside = async (request: LoadRequest) =>
    crew.active.model.state === 'ready' && deps.roomFor(await request.memory(), request.input.gpuLayers);

  const loadBeside = async (wish: Wish, request: LoadRequest): Promise<Slot> => {
    const slot = crew.open();
    // Ending the process is the one way out of a load that works at once and always.
    const cancel = () => slot.close();
    wish.signal.addEventListener('abort', cancel, { once: true });
    crew.setIncoming(slot);
    try {
      await loadInto(slot, wish.modelId, request, { ...wish, note: null, gpu: gpu() });
      crew.promote(slot);
      return slot;
    } catch (error) {
      const { model } = slot;
      slot.close();
      if (!wish.signal.aborted && model.state === 'failed') crew.setFailed(model);
      throw error;
    } finally {
      wish.signal.removeEventListener('abort', cancel);
      crew.setIncoming(null);
    }
  };

  const loadInPlace = async (wish: Wish, request: LoadRequest): Promise<Slot> => {
    const slot = crew.active;
    const note = slot.model.state === 'ready' ? unloadedFirst : null;
    await loadInto(slot, wish.modelId, request, { ...wish, note, gpu: gpu() });
    return slot;
  };

  return {
    adapt,
    /** With the seat: nobody answers meanwhile. */
    async ensure(wish: Wish): Promise<Slot> {
      const request = await deps.requestFor(wish.modelId, wish.settings);
      const ready = await already(wish, request);
      if (ready) return ready;
      return loads.run(async () => {
        const meanwhile = await already(wish, request);
        if (meanwhile) return meanwhile;
        crew.setFailed(null);
        return (await mayLoadBeside(request)) ? loadBeside(wish, request) : loadInPlace(wish, request);
      }, wish.signal);
    },
    /** Without the seat, so that the model in use goes on answering; null if that needs the seat after all. */
    async loadMeanwhile(wish: Wish): Promise<Slot | null> {
      const request = await deps.requestFor(wish.modelId, wish.settings);
      if (isLoaded(wish, request) || !(await mayLoadBeside(request))) return null;
      return loads.run(async () => {
        // While it waited, another load may have changed everything.
        if (isLoaded(wish, request) || !(await mayLoadBeside(request))) return null;
        crew.setFailed(null);
        return loadBeside(wish, request);
      }, wish.signal);
    },
  };
}

import type { Api } from '../../contract/define.ts';
import { type EngineContract, engineContract } from '../../engine/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { Child, SpawnChild } from '../children.ts';

/** An embedding model as the library knows it. */
export interface EmbeddingModel {
  /** Changes with the file, so that vectors of another one never count. */
  readonly key: string;
  readonly path: string;
  readonly names: readonly (string | null)[];
}

/** Times in ms: without work until a process is ended, and for a load. */
const pauses = { idle: 60_000, load: 120_000 } as const;

type EngineApi = Api<EngineContract>['engine'];

interface Open {
  readonly child: Child;
  readonly api: Promise<EngineApi>;
  idle: NodeJS.Timeout | undefined;
  /** What it computes last; an engine does one thing at a time. */
  last: Promise<unknown>;
}

/** Embedding models that are loaded, each in an engine process of its own, which ends when nobody needs it for a while. */
export interface EmbedderPool {
  /** Loads a model if it is not. */
  open(model: EmbeddingModel): Promise<void>;
  /** One vector for each text, after whatever this model computes already. */
  embed(model: EmbeddingModel, texts: readonly string[], signal: AbortSignal): Promise<string[]>;
  /** Whether a model is loaded or being loaded. */
  has(key: string): boolean;
  /** Ends the processes of all others. */
  keep(keys: readonly (string | null)[]): void;
}

/** Makes an empty {@link EmbedderPool}. */
export function createEmbedderPool(spawn: SpawnChild, entry: string): EmbedderPool {
  const open = new Map<string, Open>();

  const end = (key: string) => {
    const mine = open.get(key);
    open.delete(key);
    clearTimeout(mine?.idle);
    mine?.child.kill();
  };
  const start = (model: EmbeddingModel): Open => {
    const child = spawn(entry);
    const { engine } = connect(engineContract, child.port);
    const load = async () => {
      const signal = AbortSignal.timeout(pauses.load);
      await engine.hardware({ gpu: true }, { signal });
      await engine.openEmbedder({ path: model.path }, { signal });
      return engine;
    };
    const mine: Open = { child, api: load(), idle: undefined, last: Promise.resolve() };
    open.set(model.key, mine);
    const gone = () => {
      if (open.get(model.key) === mine) end(model.key);
    };
    child.onExit(gone);
    mine.api.catch(gone);
    return mine;
  };
  const use = (model: EmbeddingModel): Open => {
    const mine = open.get(model.key) ?? start(model);
    clearTimeout(mine.idle);
    mine.idle = setTimeout(() => end(model.key), pauses.idle);
    mine.idle.unref();
    return mine;
  };

  return {
    async open(model) {
      await use(model).api;
    },
    async embed(model, texts, signal) {
      const mine = use(model);
      const before = mine.last;
      const work = async () => {
        const api = await mine.api;
        await before;
        signal.throwIfAborted();
        return (await api.embed({ texts: [...texts] }, { signal })).vectors;
      };
      const working = work();
      mine.last = working.catch(() => {});
      return working;
    },
    has: (key) => open.has(key),
    keep(keys) {
      for (const key of [...open.keys()]) if (!keys.includes(key)) end(key);
    },
  };
}

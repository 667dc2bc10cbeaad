import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { KeepState } from '../contract.ts';
import { common } from './common.ts';
import { createKeptStates, type KeptState } from './keptStates.ts';
import { readState } from './readState.ts';
import { writeState } from './writeState.ts';

/** Fewer tokens are read again faster than they are worth a file. */
const leastTokens = 32;
/** Bytes that are written, or read and checked, in a ms: a guess on the safe side. */
const bytesPerMs = 200_000;
/** Nobody waits longer for what will be needed later only, ms. */
const longestWait = 2_000;

/** Keeps the evaluated states of chats: one in the context, the others in files. */
export interface Keeper {
  /** Tells for whom the next `recall` will be: from here on {@link Keeper.forget} is heeded for it. */
  expect(keep: KeepState | null): void;
  /** Brings the context to the state from which the least of `tokens` is left to read. Never throws: at worst all is read. */
  recall(tokens: readonly Token[], signal: AbortSignal): Promise<void>;
  /** Writes what the context holds of a chat, where that is worth it. Never throws; an abort leaves the file of before. */
  save(signal: AbortSignal): Promise<void>;
  /** The same for somebody who waits: not what takes long. */
  settle(): Promise<void>;
  /** Ms to wait after an answer before {@link Keeper.save}: longer for more bytes, so that a lively chat is written seldom. */
  patience(): number;
  /** Nothing that was read of these chats is written any more. What the context holds of them goes with the next `clear` or `recall`. */
  forget(chats: readonly string[]): void;
  /** Empties a context that holds what was forgotten. Only while nothing else is done with it. */
  clear(): Promise<void>;
}

/** What a keeper works on: one context with its one sequence. */
export interface Kept {
  readonly sequence: LlamaContextSequence;
  readonly prefillSpeed: { readonly tokensPerMs: number };
  /** Of everything that a state depends on. */
  key(): Promise<Buffer>;
  /** Puts an empty sequence in place of the one there is. */
  renew(): Promise<void>;
  /** Puts a new context in place of one in an unknown state, which clearing does not always bring in order. */
  rebuild(): Promise<void>;
}

/** Makes a {@link Keeper} for a context. */
export function createKeeper(kept: Kept, log: (message: string) => void): Keeper {
  const states = createKeptStates(log);
  /** Whose tokens the context holds; null: nobody's that are worth a file. */
  let owner: KeepState | null = null;
  /** The tokens that the owner's file holds. */
  let filed: ArrayLike<number> = [];
  let stale = false;
  /** For whom the context is being brought into another state. */
  let coming: KeepState | null = null;

  const held = () => kept.sequence.contextTokens;
  const unfiled = () => kept.sequence.nextTokenIndex - common(filed, held());
  const readMs = (count: number) => {
    const { tokensPerMs } = kept.prefillSpeed;
    return tokensPerMs > 0 ? count / tokensPerMs : Number.POSITIVE_INFINITY;
  };
  const fileMs = () => kept.sequence.context.stateSize / bytesPerMs;

  const save = async (signal: AbortSignal) => {
    const mine = owner;
    if (mine === null || unfiled() < leastTokens) return;
    const tokens = Uint32Array.from(held());
    const problem = await kept
      .key()
      .then((key) => writeState(kept.sequence, mine, key, tokens, signal))
      .catch(reasonOf);
    if (signal.aborted) return;
    if (problem !== null) log(`The state of a chat was not kept: ${problem}.`);
    // What failed would fail again until there is something new.
    filed = tokens;
  };
  /** Writes the chat before, if reading it again would cost more than that. */
  const makeWay = async (keep: KeepState | null, staying: number, signal: AbortSignal) => {
    if (owner === null || owner.chat === keep?.chat) return;
    if (kept.sequence.nextTokenIndex - staying < leastTokens || unfiled() < leastTokens) return;
    if (fileMs() < Math.min(longestWait, readMs(unfiled()))) await save(signal);
  };
  /** Loads the file that saves the most reading, if any; answers what the chat's own file holds. */
  const bestPlace = async (tokens: readonly Token[], wanted: KeepState | null, signal: AbortSignal) => {
    const found = wanted ? await states.list(wanted.folder, await kept.key(), wanted.chat) : [];
    const best = longest(found, tokens);
    const here = common(tokens, held());
    const gain = best === null ? 0 : best.common - here;
    const use = best !== null && gain >= leastTokens && best.state.file.size / bytesPerMs < readMs(gain);
    await makeWay(wanted, use ? 0 : here, signal);
    signal.throwIfAborted();
    // From here on the context may hold what is nobody's.
    if (use) owner = null;
    const problem = use ? await readState(kept, best.state, signal) : null;
    if (problem !== null) log(`A kept state was not used: ${problem}.`);
    const own = found.find(({ file }) => file.chat === wanted?.chat);
    return own === undefined || (problem !== null && own === best?.state) ? [] : own.tokens;
  };
  const clear = async () => {
    if (!stale) return;
    stale = false;
    await kept.renew();
  };

  return {
    save,
    clear,
    async settle() {
      if (fileMs() < longestWait) await save(new AbortController().signal);
    },
    patience: () => 300 + Math.min(20_000, fileMs() * 4),
    expect(keep) {
      coming = keep !== null && keep.budget > 0 ? keep : null;
    },
    async recall(tokens, signal) {
      const wanted = coming;
      await clear();
      const inFile = await bestPlace(tokens, wanted, signal).catch((error: unknown) => {
        if (!signal.aborted) log(`Kept states cannot be used: ${reasonOf(error)}.`);
        return [];
      });
      // Its chat may have been forgotten meanwhile.
      const comes = coming;
      coming = null;
      if (signal.aborted) return;
      // What is not of this prompt must never be written under the name of its chat.
      await kept.sequence.adaptStateToTokens(tokens.slice(0, -1), false);
      filed = inFile;
      owner = comes;
    },
    forget(chats) {
      const isTheirs = (of: KeepState | null) => of !== null && chats.includes(of.chat);
      if (!isTheirs(owner) && !isTheirs(coming)) return;
      if (isTheirs(owner)) owner = null;
      if (isTheirs(coming)) coming = null;
      stale = true;
    },
  };
}

/** The state that has the most tokens in common with a prompt, the most recently used of equal ones. */
function longest(states: readonly KeptState[], tokens: readonly Token[]) {
  let best: { readonly state: KeptState; readonly common: number } | null = null;
  for (const state of states) {
    const length = common(state.tokens, tokens);
    if (length >= (best?.common ?? 1)) best = { state, common: length };
  }
  return best;
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

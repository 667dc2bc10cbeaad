import type { FitWord } from '../../contract/load.ts';

const GB = 1e9;
/** The share of all memory that a model may take before the system itself suffers. */
const mostOfAll = 0.85;
/** The share of free memory that is really to be had. */
const mostOfFree = 0.9;
/** Where the system does not tell what is free: the share of all memory that is likely to be. */
const likelyFree = 0.6;

/** The memory of a machine in bytes; `free` is null where the system does not tell it in a useful way. */
export interface Memory {
  readonly total: number;
  readonly free: number | null;
}

/** The memory beside which something is to fit. */
export interface Room extends Memory {
  /** Bytes that become free when the model that is loaded now is unloaded. */
  readonly freed: number;
  /** The memory of a graphics card of its own, if one computes. */
  readonly gpu: { readonly total: number; readonly free: number } | null;
}

/** A word on whether something fits, and the numbers behind it. */
export interface Judgement {
  readonly word: FitWord;
  /** What is needed and what there is, in one sentence. */
  readonly reason: string;
  /** Only what there is. */
  readonly room: string;
}

/**
 * Whether so many bytes fit, and why. Never generous: the system and other programs keep their share.
 * With a graphics card, what fits on it does not count against memory.
 */
export function judge(needed: number, room: Room, about: string): Judgement {
  const { total, freed, gpu } = room;
  const onGpu = gpu !== null && needed <= gpu.total * mostOfFree;
  // What is only likely to be free does not grow by what one model gives back.
  const free = room.free === null ? total * likelyFree : Math.min(room.free + freed, total);
  const word = onGpu
    ? 'well'
    : needed > total * mostOfAll
      ? 'no'
      : needed <= free * mostOfFree
        ? 'well'
        : 'tight';
  const need = `Needs about ${inGB(needed)} GB of memory ${about}`;
  if (onGpu) return told(word, need, `the graphics card has ${inGB(gpu.total)} GB`);
  const have =
    room.free === null
      ? `this machine has ${inGB(total)} GB`
      : freed > 0
        ? `${inGB(free)} of ${inGB(total)} GB are free once the loaded model is unloaded`
        : `${inGB(free)} of ${inGB(total)} GB are free`;
  return told(word, need, have);
}

function told(word: FitWord, need: string, have: string): Judgement {
  const advice = word === 'tight' ? ' Close other programs first.' : '';
  const room = `${have.charAt(0).toUpperCase()}${have.slice(1)}.${advice}`;
  return { word, reason: `${need}; ${have}.${advice}`, room };
}

/** Whether a second model fits beside all that runs now, with a margin for the system. */
export function fitsBeside(needed: number, { total, free, gpu }: Room): boolean {
  if (gpu !== null && needed > gpu.free * mostOfFree) return false;
  const margin = Math.max(0.5 * GB, 0.08 * total);
  // Where nobody tells what is free, what is likely to be is not sure enough for a second model of any size.
  return needed + margin <= (free ?? total * likelyFree * 0.5);
}

const inGB = (bytes: number) => (bytes / GB).toFixed(1);

import type { Sampling } from '../../electron/contract/settings.ts';

/** One setting of how words are picked, as a person reads it. */
export interface SamplingField {
  readonly key: keyof Sampling;
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  /** Empty means null: leave it to the app. */
  readonly optional?: boolean;
}

/** All of them, the one that is felt most first. */
export const samplingFields: readonly SamplingField[] = [
  {
    key: 'temperature',
    label: 'Variety (temperature)',
    help: '0 always takes the likeliest word; 0.7 is balanced; above 1 gets adventurous.',
    min: 0,
    max: 5,
  },
  {
    key: 'repeatPenalty',
    label: 'Against repetition (repeat penalty)',
    help: '1 is off; a little above keeps small models from going in circles.',
    min: 0.5,
    max: 2,
  },
  {
    key: 'presencePenalty',
    label: 'New words (presence penalty)',
    help: '0 is off; more makes words that were just used less likely, so that other things are said.',
    min: 0,
    max: 2,
  },
  {
    key: 'frequencyPenalty',
    label: 'Against favourite words (frequency penalty)',
    help: '0 is off; more makes a word less likely each time it is used.',
    min: 0,
    max: 2,
  },
  {
    key: 'topP',
    label: 'Likely words only (top-p)',
    help: 'The next word comes from the likeliest ones that make up this share.',
    min: 0,
    max: 1,
  },
  {
    key: 'minP',
    label: 'Drop the unlikely (min-p)',
    help: 'Words less likely than this part of the best one are left out.',
    min: 0,
    max: 1,
  },
  {
    key: 'topK',
    label: 'Words to choose from (top-k)',
    help: 'At most so many words are considered; 0 means all.',
    min: 0,
    max: 1000,
    whole: true,
  },
  {
    key: 'maxTokens',
    label: 'Longest answer, in tokens',
    help: 'Empty: as long as the window allows.',
    min: 1,
    max: 1_000_000,
    whole: true,
    optional: true,
  },
  {
    key: 'seed',
    label: 'Seed',
    help: 'The same number gives the same answer again. Empty: a new one each time.',
    min: 0,
    max: 0xffffffff,
    whole: true,
    optional: true,
  },
];

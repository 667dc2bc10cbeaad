import type { Thinking } from '../../electron/contract/settings.ts';
import { formatCount } from '../ui/format.ts';

/** Limits of a thought that are offered, in tokens. */
const budgets = [256, 1024, 4096] as const;

/** A way of thinking that can be chosen. */
export interface ThinkingOption {
  readonly value: string;
  readonly label: string;
  readonly thinking: Thinking;
}

/** All ways to think, the chosen limit among them. */
export function thinkingOptions({ budget }: Thinking): readonly ThinkingOption[] {
  const known = budgets.some((each) => each === budget);
  const limits = [...budgets, ...(budget !== null && !known ? [budget] : [])].sort((a, b) => a - b);
  return [
    { value: 'off', label: 'Off: answer at once', thinking: { on: false, budget } },
    ...limits.map((limit) => ({
      value: String(limit),
      label: `Up to ${formatCount(limit)} tokens`,
      thinking: { on: true, budget: limit },
    })),
    { value: 'free', label: 'As long as the model likes', thinking: { on: true, budget: null } },
  ];
}

/** Which of the options is chosen. */
export const thinkingValue = ({ on, budget }: Thinking): string =>
  on ? (budget === null ? 'free' : String(budget)) : 'off';

import type { Contender } from '../../electron/contract/compare.ts';
import type { Model } from '../../electron/contract/library.ts';
import type { Thinking } from '../../electron/contract/settings.ts';

/** What is chosen for one side of a comparison. */
export interface SideChoice {
  readonly modelId: string;
  /** Temperature; null for what is usual. */
  readonly variety: number | null;
  /** Null for what is usual. */
  readonly thinks: boolean | null;
}

export const varieties: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'As usual' },
  { value: '0', label: 'None: always the likeliest word' },
  { value: '0.4', label: 'Little (0.4)' },
  { value: '0.8', label: 'Some (0.8)' },
  { value: '1.2', label: 'Much (1.2)' },
];

/** The two sides that are offered first: two models, or with only one, that model with two settings. */
export function firstChoices(
  models: readonly Model[],
  chosen: string | null,
): readonly [SideChoice, SideChoice] | null {
  const one = models.find(({ id }) => id === chosen) ?? models[0];
  if (!one) return null;
  const usual = { variety: null, thinks: null };
  const other = models.find(({ id }) => id !== one.id);
  const first = { ...usual, modelId: one.id };
  return [first, other ? { ...usual, modelId: other.id } : { ...first, variety: 0.8 }];
}

/** Whether both sides are the very same. */
export const areSame = (a: SideChoice, b: SideChoice): boolean =>
  a.modelId === b.modelId && a.variety === b.variety && a.thinks === b.thinks;

/** What a model is called among others: with its file's name, where two have the same. */
export function labelOf({ id, name, fileName }: Model, models: readonly Model[]): string {
  const shared = models.some((other) => other.id !== id && other.name === name);
  return shared ? `${name} (${fileName})` : name;
}

/** A side as the app takes it, with a name that says what is set. */
export function toContender(
  { modelId, variety, thinks }: SideChoice,
  models: readonly Model[],
  usual: Thinking,
): Contender {
  const model = models.find(({ id }) => id === modelId);
  const label = model ? labelOf(model, models) : 'a model';
  const set = [
    ...(variety === null ? [] : [`variety ${variety}`]),
    ...(thinks === null ? [] : [thinks ? 'thinks' : 'no thinking']),
  ];
  return {
    modelId,
    name: [label.slice(0, 150), ...set].join(' · '),
    sampling: variety === null ? {} : { temperature: variety },
    thinking: thinks === null ? null : { on: thinks, budget: usual.budget },
  };
}

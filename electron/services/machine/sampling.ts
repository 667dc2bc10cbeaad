import type { CatalogEntry } from '../../../models/catalog.ts';
import type { FileSampling, SamplingDefault } from '../../contract/load.ts';
import { type Sampling, sampling } from '../../contract/settings.ts';

const ours = sampling.parse({});
const keys = ['temperature', 'topP', 'topK', 'minP', 'repeatPenalty'] as const;

/**
 * How the next word is picked for a model, and who says so: what the person changed in Settings holds, then what the
 * model's card recommends, then what stands in its file, then Inkling's own defaults. Pure.
 */
export function samplingDefaults(
  chosen: Sampling,
  card: CatalogEntry['sampling'],
  file: FileSampling,
): SamplingDefault[] {
  const recommended = usualOf(card);
  return keys.map((key) => {
    if (chosen[key] !== ours[key]) return { key, value: chosen[key], source: 'you' };
    const fromCard = recommended?.[key] ?? null;
    if (fromCard !== null) return { key, value: fromCard, source: 'card' };
    const fromFile = valid(key, file[key]);
    if (fromFile !== null) return { key, value: fromFile, source: 'file' };
    return { key, value: ours[key], source: 'inkling' };
  });
}

/** The same as values, to answer with. */
export const samplingOf = (defaults: readonly SamplingDefault[]): Partial<Sampling> =>
  Object.fromEntries(defaults.map(({ key, value }) => [key, value]));

/** A card may recommend several ways; the first is for conversation. */
const usualOf = (card: CatalogEntry['sampling']) => card[0] ?? null;

/** A file can say anything. */
function valid(key: (typeof keys)[number], value: number | undefined): number | null {
  return value === undefined ? null : (sampling.shape[key].safeParse(value).data ?? null);
}

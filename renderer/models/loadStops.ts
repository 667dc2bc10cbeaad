import type { LoadChoices, LoadSettings } from '../../electron/contract/load.ts';
import { formatCount } from '../ui/format.ts';
import type { Stop } from '../ui/StopSlider.tsx';

const largest = 1_048_576;

/** Windows to choose from: automatic, then doubling up to what the model was trained for, and the one chosen now. */
export function contextStops(choices: LoadChoices, chosen: number | null): Stop<number | null>[] {
  const most = Math.min(choices.contextSize ?? 131_072, largest);
  const sizes = new Set<number>();
  for (let size = 512; size < most; size *= 2) sizes.add(size);
  sizes.add(Math.max(64, most));
  if (chosen !== null) sizes.add(chosen);
  return [
    { value: null, label: `Automatic (${formatCount(choices.usualContextSize)})` },
    ...[...sizes].sort((a, b) => a - b).map((value) => ({ value, label: `${formatCount(value)} tokens` })),
  ];
}

/** Layers on the GPU to choose from: automatic, none, then one by one. */
export function gpuStops(layers: number): Stop<LoadSettings['gpuLayers']>[] {
  return [
    { value: 'auto', label: 'Automatic' },
    { value: 0, label: 'None' },
    ...Array.from({ length: layers }, (_, at) => ({ value: at + 1, label: `${at + 1} of ${layers}` })),
  ];
}

/** Threads to choose from: measured, then up to the cores that are there. */
export function threadStops(cores: number, chosen: number | null): Stop<number | null>[] {
  const most = Math.max(Math.min(cores, 64), chosen ?? 1);
  return [
    { value: null, label: 'Automatic (measured)' },
    ...Array.from({ length: most }, (_, at) => ({ value: at + 1, label: String(at + 1) })),
  ];
}

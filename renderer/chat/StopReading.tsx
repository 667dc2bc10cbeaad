import { VolumeX } from 'lucide-react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { useStore, useStores } from '../app/stores.tsx';
import type { Line } from '../stores/line.ts';
import { IconButton } from '../ui/Button.tsx';

/** Ends the reading aloud of an answer; nothing while it is not read. */
export function StopReading({ store }: { readonly store: StoreApi<Line> }) {
  const { speech } = useStores();
  const key = useZustand(store, (line) => line.key);
  const read = useStore('speech', (state) => state.line === key);
  if (!read) return null;
  return (
    <IconButton
      small
      icon={VolumeX}
      label="Stop reading"
      keys={['Esc']}
      onClick={() => speech.getState().stop()}
    />
  );
}

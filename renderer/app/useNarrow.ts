import { useSyncExternalStore } from 'react';

const query = matchMedia('(max-width: 760px)');
const subscribe = (changed: () => void) => {
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

/** Whether the window is too narrow for the sidebar to lie beside the screen. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);

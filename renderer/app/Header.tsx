import { PanelLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { toggleSidebar } from './actions.ts';
import { useStore, useStores } from './stores.tsx';
import { useNarrow } from './useNarrow.ts';

/** The line at the top of each screen; it brings the sidebar back when that is hidden. */
export function Header({ children }: { readonly children: ReactNode }) {
  const stores = useStores();
  const narrow = useNarrow();
  const open = useStore('settings', ({ settings }) => settings?.sidebarOpen ?? true);
  const hidden = narrow || !open;
  return (
    <header className="header">
      {hidden && (
        <IconButton
          icon={PanelLeft}
          label="Show sidebar"
          keys={['mod', 'B']}
          onClick={() => toggleSidebar(stores, narrow)}
        />
      )}
      {children}
    </header>
  );
}

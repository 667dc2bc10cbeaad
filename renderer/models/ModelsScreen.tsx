import { FolderPlus } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { Header } from '../app/Header.tsx';
import { useStore, useStores } from '../app/stores.tsx';
import { type ModelsTab, modelsTabs } from '../stores/route.ts';
import { Button } from '../ui/Button.tsx';
import { Discover } from './Discover.tsx';
import { InstalledList } from './InstalledList.tsx';
import './Models.css';
import './Discover.css';
import { SearchField } from './SearchField.tsx';
import { ThisComputer } from './ThisComputer.tsx';

/** The models that are here, the models to be had, and what this computer makes of them. */
export function ModelsScreen({ tab }: { readonly tab: ModelsTab }) {
  const { ui, route } = useStores();
  const count = useStore('library', ({ library }) => library?.models.length ?? 0);
  const choose = (value: string) => {
    const chosen = modelsTabs.find((each) => each === value);
    if (chosen) route.getState().go({ screen: 'models', tab: chosen });
  };
  return (
    <Tabs.Root value={tab} onValueChange={choose} className="tabs">
      <Header>
        <h1 className="hidden-text">Models</h1>
        <Tabs.List className="tab-list" aria-label="Models">
          <Tabs.Trigger className="tab" value="installed">
            Installed {count > 0 && count}
          </Tabs.Trigger>
          <Tabs.Trigger className="tab" value="discover">
            Discover
          </Tabs.Trigger>
          <Tabs.Trigger className="tab" value="computer">
            This computer
          </Tabs.Trigger>
        </Tabs.List>
        <div className="header-space" />
        {tab === 'discover' ? (
          <SearchField />
        ) : (
          <Button icon={FolderPlus} onClick={() => ui.getState().show({ kind: 'addModel' })}>
            Add file or folder…
          </Button>
        )}
      </Header>
      <Tabs.Content value="installed" className="page" tabIndex={-1}>
        <InstalledList />
      </Tabs.Content>
      <Tabs.Content value="discover" className="page" tabIndex={-1}>
        <Discover />
      </Tabs.Content>
      <Tabs.Content value="computer" className="page" tabIndex={-1}>
        <ThisComputer />
      </Tabs.Content>
    </Tabs.Root>
  );
}

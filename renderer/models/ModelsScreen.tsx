import { FolderPlus } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { Header } from '../app/Header.tsx';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { InstalledList } from './InstalledList.tsx';
import './Models.css';
import { ThisComputer } from './ThisComputer.tsx';

/** The models that are here, and what this computer makes of them. */
export function ModelsScreen() {
  const { ui } = useStores();
  const count = useStore('library', ({ library }) => library?.models.length ?? 0);
  return (
    <Tabs.Root defaultValue="installed" className="tabs">
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
        <Button icon={FolderPlus} onClick={() => ui.getState().show({ kind: 'addModel' })}>
          Add file or folder…
        </Button>
      </Header>
      <Tabs.Content value="installed" className="page" tabIndex={-1}>
        <InstalledList />
      </Tabs.Content>
      <Tabs.Content value="discover" className="empty-page" tabIndex={-1}>
        <h2>Downloads come with a later version</h2>
        <p>Meanwhile, add GGUF files that you have: Inkling reads them where they lie, and copies nothing.</p>
        <Button look="primary" onClick={() => ui.getState().show({ kind: 'addModel' })}>
          Add GGUF files
        </Button>
      </Tabs.Content>
      <Tabs.Content value="computer" className="page" tabIndex={-1}>
        <ThisComputer />
      </Tabs.Content>
    </Tabs.Root>
  );
}

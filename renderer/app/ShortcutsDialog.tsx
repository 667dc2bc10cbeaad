import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ShortcutList } from './ShortcutList.tsx';

/** All shortcuts at a glance. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Shortcuts" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <div>
        <ShortcutList />
      </div>
    </Dialog>
  );
}

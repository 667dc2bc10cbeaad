import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ShortcutList } from './ShortcutList.tsx';

/** All shortcuts at a glance. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Shortcuts" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      {/* It gets the focus, too: the Enter that opened this from the palette would press the button. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list is scrolled by keyboard */}
      <section className="shortcuts-scroll" aria-label="List of shortcuts" tabIndex={0}>
        <ShortcutList />
      </section>
    </Dialog>
  );
}

import { useState } from 'react';
import { errorText } from '../stores/errorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { copyText } from './actions.ts';
import './LinkDialog.css';
import { useStores } from './stores.tsx';

/** Shows the full address of a link before it may be opened. */
export function LinkDialog({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const stores = useStores();
  const [problem, setProblem] = useState('');
  const open = async () => {
    try {
      await stores.api.host.openLink({ url });
      onClose();
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  const copy = async () => {
    if (await copyText(stores, url)) onClose();
  };
  return (
    <Dialog
      title="Open this link?"
      text="It leads out of Inkling, into your browser or mail program. Check the address first."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button onClick={() => void copy()}>Copy address</Button>
          <Button look="primary" onClick={() => void open()}>
            Open link
          </Button>
        </>
      }
    >
      <p className="link-address" dir="ltr">
        {url}
      </p>
      {problem && (
        <p className="link-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

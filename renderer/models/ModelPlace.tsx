import { copyText } from '../app/actions.ts';
import { useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** Says where a file lies, where no file manager can show it. */
export function ModelPlace(props: { readonly path: string; readonly onClose: () => void }) {
  const stores = useStores();
  const copy = async () => {
    if (await copyText(stores, props.path)) props.onClose();
  };
  return (
    <Dialog
      title="The file lies here"
      text="No file manager could be opened from here."
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Close</Button>
          <Button look="primary" onClick={() => void copy()}>
            Copy path
          </Button>
        </>
      }
    >
      <p className="link-address" dir="ltr">
        {props.path}
      </p>
    </Dialog>
  );
}

import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useStores } from '../../app/stores.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { attachFiles } from './attachFiles.ts';

/** Chooses files to attach. */
export function AttachButton({ chat }: { readonly chat: string }) {
  const stores = useStores();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={({ target }) => {
          attachFiles(stores, chat, [...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
      <IconButton small icon={Paperclip} label="Attach files" onClick={() => field.current?.click()} />
    </>
  );
}

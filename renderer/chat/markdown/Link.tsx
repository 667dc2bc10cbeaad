import type { KeyboardEvent, ReactNode } from 'react';
import { useStores } from '../../app/stores.tsx';

/** A link in an answer. It has no `href`: the only way to follow it leads through the dialog that shows the address. */
export function Link({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  const { ui } = useStores();
  const ask = () => ui.getState().show({ kind: 'link', url });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    // The dialog takes the focus at once; the same key would press its first button.
    event.preventDefault();
    ask();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an anchor with an address could be opened past the dialog
    <span role="link" tabIndex={0} className="md-link" title={url} onClick={ask} onKeyDown={onKeyDown}>
      {children}
    </span>
  );
}

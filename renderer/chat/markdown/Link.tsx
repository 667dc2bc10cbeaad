import { type KeyboardEvent, type ReactNode, use } from 'react';
import { useStores } from '../../app/stores.tsx';
import { OwnLinks } from './ownLinks.ts';

/** A link in an answer. It has no `href`: the only way to follow it leads through the dialog that shows the address. */
export function Link({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  const { ui } = useStores();
  const own = use(OwnLinks)(url);
  const ask = own ? own.open : () => ui.getState().show({ kind: 'link', url });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    // The dialog takes the focus at once; the same key would press its first button.
    event.preventDefault();
    ask();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an anchor with an address could be opened past the dialog
    <span
      role="link"
      tabIndex={0}
      className="md-link"
      title={own ? own.title : url}
      onClick={ask}
      onKeyDown={onKeyDown}
    >
      {children}
    </span>
  );
}

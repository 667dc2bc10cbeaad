import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import './Dialog.css';
import { useReturnFocus } from './useReturnFocus.ts';

/** A question or a short form over the window. Focus goes in, stays in, and comes back; Escape closes it. */
export function Dialog(props: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly onClose: () => void;
  readonly actions: ReactNode;
  readonly children?: ReactNode;
  /** For lists, which need room. */
  readonly wide?: boolean;
}) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content
          className={props.wide ? 'dialog dialog-wide' : 'dialog'}
          onCloseAutoFocus={returnFocus}
          {...(props.text ? {} : { 'aria-describedby': undefined })}
        >
          <Radix.Title asChild>
            <h2>{props.title}</h2>
          </Radix.Title>
          {props.text && <Radix.Description className="dialog-text">{props.text}</Radix.Description>}
          {props.children}
          <div className="dialog-actions">{props.actions}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

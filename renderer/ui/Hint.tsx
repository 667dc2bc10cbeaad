import { Tooltip } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import './Hint.css';
import { Keys } from './Keys.tsx';

/** A short hint beside the thing it explains, on hover and on focus. */
export function Hint(props: {
  readonly text: ReactNode;
  readonly keys?: readonly string[] | undefined;
  readonly side?: 'top' | 'bottom' | 'right';
  readonly children: ReactElement;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{props.children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="hint" side={props.side ?? 'bottom'} sideOffset={6} collisionPadding={8}>
          {props.text}
          {props.keys && <Keys keys={props.keys} />}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

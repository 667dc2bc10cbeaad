import { X } from 'lucide-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { IconButton } from './Button.tsx';
import './SidePanel.css';

/** A panel at the side of the page that Escape closes; `id` is of the element that can take the focus. */
export function SidePanel(props: {
  readonly id: string;
  readonly title: string;
  readonly className?: string;
  readonly ref?: Ref<HTMLElement>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { id, title, className, ref, onClose, children } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside
      id={id}
      ref={ref}
      className={className ? `side-panel ${className}` : 'side-panel'}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div className="side-panel-head">
        <h2>{title}</h2>
        <IconButton small icon={X} label="Close" onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}

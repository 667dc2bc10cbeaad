import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import './Button.css';
import { Hint } from './Hint.tsx';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly small?: boolean;
  readonly icon?: LucideIcon;
}

/** A button with words; `primary` is the one thing to do on a screen. */
export function Button({ look = 'plain', small, icon: Icon, className, children, ...rest }: ButtonProps) {
  const classes = ['button', look !== 'plain' && `button-${look}`, small && 'button-small', className];
  return (
    <button type="button" className={classes.filter(Boolean).join(' ')} {...rest}>
      {Icon && <Icon size={16} aria-hidden />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  readonly icon: LucideIcon;
  /** Its accessible name, shown as a hint. */
  readonly label: string;
  readonly small?: boolean;
  readonly keys?: readonly string[];
}

/** A button that shows only an icon; the label is its name and its hint. */
export function IconButton({ icon: Icon, label, small, keys, className, ...rest }: IconButtonProps) {
  const classes = ['icon-button', small && 'icon-button-small', className].filter(Boolean).join(' ');
  return (
    <Hint text={label} keys={keys}>
      <button type="button" className={classes} aria-label={label} {...rest}>
        <Icon size={small ? 15 : 18} strokeWidth={1.8} aria-hidden />
      </button>
    </Hint>
  );
}

import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Toast } from '../stores/toasts.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { useStore, useStores } from './stores.tsx';
import './Toasts.css';

/** The messages at the edge of the window. */
export function Toasts() {
  const toasts = useStore('toasts', (state) => state.toasts);
  return (
    <section className="toasts" aria-label="Notifications" aria-live="polite">
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastView({ toast }: { readonly toast: Toast }) {
  const { toasts } = useStores();
  const [held, setHeld] = useState(false);
  const { id, ms, action } = toast;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toasts.getState().dismiss(id), ms);
    return () => clearTimeout(timer);
  }, [held, id, ms, toasts]);
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false) };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: reading it, by pointer or focus, keeps it from leaving
    <div
      className="toast"
      data-tone={toast.tone}
      role={toast.tone === 'bad' ? 'alert' : 'status'}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      {...hold}
    >
      <span className="toast-text">{toast.text}</span>
      {action && (
        <Button
          small
          onClick={() => {
            action.run();
            toasts.getState().dismiss(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton small icon={X} label="Dismiss" onClick={() => toasts.getState().dismiss(id)} />
    </div>
  );
}

import { Logo } from '../ui/Logo.tsx';
import './App.css';

/** Shown when the page was opened without its key. */
export function Locked() {
  return (
    <main className="empty-page" style={{ height: '100%' }}>
      <span className="empty-logo">
        <Logo size={40} />
      </span>
      <h2>This page needs its key</h2>
      <p>
        Inkling is running, but this address lacks the token that proves it is you. Start Inkling again, or
        open the full address that it printed: it ends in <code>?token=…</code>. Nothing was changed.
      </p>
    </main>
  );
}

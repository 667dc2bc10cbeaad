import { HardDrive } from 'lucide-react';
import { useStore } from '../app/stores.tsx';

/** Says that what is written now is not being saved. */
export function StorageBanner() {
  const status = useStore('storage', (state) => state.status);
  const connected = useStore('connectionState', (state) => state.state === 'open');
  if (!connected || status?.state !== 'failing') return null;
  return (
    <div className="banner" data-tone="bad" role="alert">
      <HardDrive size={16} aria-hidden />
      <span className="banner-text">
        <strong>Saving does not work now.</strong>{' '}
        {status.problem?.message ?? 'Inkling keeps what you write in memory and tries again by itself.'}
      </span>
    </div>
  );
}

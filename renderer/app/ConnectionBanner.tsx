import { Unplug } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { useStore, useStores } from './stores.tsx';

const manyAttempts = 4;

/** Says that Inkling does not answer; it comes and goes by itself. */
export function ConnectionBanner() {
  const { connection } = useStores();
  const { state, attempts } = useConnection();
  if (state !== 'lost') return null;
  return (
    <div className="banner" role="alert">
      <Unplug size={16} aria-hidden />
      <span className="banner-text">
        <strong>Inkling does not answer.</strong>{' '}
        {attempts < manyAttempts
          ? 'What was saved is safe, and your words stay here. Connecting again…'
          : 'What was saved is safe, and your words stay here. If Inkling was closed, start it again and open the address it shows.'}
      </span>
      <Button small onClick={connection.retry}>
        Try now
      </Button>
    </div>
  );
}

/** Whether Inkling answers. */
export const useConnection = () => useStore('connectionState', (state) => state);

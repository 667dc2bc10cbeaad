import { KeyRound } from 'lucide-react';
import { useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';

/** Leads to where the access token for gated models is set. */
export function TokenButton() {
  const { route } = useStores();
  return (
    <Button
      small
      icon={KeyRound}
      onClick={() => route.getState().go({ screen: 'settings', section: 'access' })}
    >
      Access token…
    </Button>
  );
}

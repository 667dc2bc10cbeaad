import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../app/stores.tsx';
import { findModel } from '../stores/library.ts';
import { Button } from '../ui/Button.tsx';

/** Says that the engine fell over, and that nothing was lost; it can be put away. */
export function EngineBanner() {
  const crash = useStore('engine', ({ engine }) => engine?.lastCrash ?? null);
  const left = useStore('engine', ({ engine }) => {
    const id = engine?.lastCrash?.modelId ?? null;
    return id !== null && engine?.blocked.includes(id) === true;
  });
  const library = useStore('library', (state) => state.library);
  const [seen, setSeen] = useState(0);
  const connected = useStore('connectionState', (state) => state.state === 'open');
  if (!connected || !crash || crash.at <= seen) return null;
  const name = findModel(library, crash.modelId)?.name;
  return (
    <div className="banner" role="alert">
      <TriangleAlert size={16} aria-hidden />
      <span className="banner-text">
        <strong>The engine stopped{name ? ` while ${name} was running` : ''}.</strong>{' '}
        {left
          ? 'That happened several times, so this model is left alone until you ask for it again. All text is kept.'
          : 'It starts again by itself, and all text is kept. Send your message again.'}
      </span>
      <Button small look="quiet" onClick={() => setSeen(crash.at)}>
        Dismiss
      </Button>
    </div>
  );
}

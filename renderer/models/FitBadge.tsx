import type { Fit } from '../../electron/contract/hub.ts';
import { Hint } from '../ui/Hint.tsx';
import { fitWords } from './modelWords.ts';

/** How a model fits this computer; the reason comes on hover and on focus. */
export function FitBadge({ fit }: { readonly fit: Fit }) {
  const { text, tone } = fitWords[fit.word];
  return (
    <Hint text={fit.reason}>
      <button type="button" className="badge badge-button" data-tone={tone}>
        {text}
      </button>
    </Hint>
  );
}

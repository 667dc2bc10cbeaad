import type { Fit } from '../../electron/contract/hub.ts';
import { formatCount, formatOne } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { fitWords } from './modelWords.ts';

/** How a model fits this computer; the reason comes on hover and on focus. */
export function FitBadge({ fit }: { readonly fit: Fit }) {
  const { text, tone } = fitWords[fit.word];
  const speed = fit.tokensPerSecond;
  const about = speed === null ? '' : ` About ${roughly(speed)} tokens/s, by what models showed here.`;
  return (
    <Hint text={`${fit.reason}${about}`}>
      <button type="button" className="badge badge-button" data-tone={tone}>
        {text}
        {speed !== null && ` · about ${roughly(speed)} tokens/s`}
      </button>
    </Hint>
  );
}

/** No more digits than an estimate deserves. */
const roughly = (value: number) =>
  value < 10 ? formatOne(value) : formatCount(Number(value.toPrecision(2)));

import { useId, useState } from 'react';
import { useStore } from '../../app/stores.tsx';

/** The instructions of one chat; those of the preset or of Settings are shown until others are written. */
export function OwnInstructions(props: {
  readonly value: string | null;
  /** The preset's, filled in; empty where it has none. */
  readonly follows: string;
  readonly onChange: (value: string | null) => void;
}) {
  const { value, onChange } = props;
  const id = useId();
  const usual = useStore('settings', (state) => state.settings?.systemPrompt ?? '');
  const [typed, setTyped] = useState<string | null>(null);
  const follows = props.follows.trim() === '' ? usual : props.follows;
  const save = () => {
    if (typed !== null && typed !== (value ?? follows)) onChange(typed);
    setTyped(null);
  };
  return (
    <div className="field">
      <label htmlFor={id}>Instructions</label>
      <textarea
        id={id}
        className="input"
        rows={5}
        maxLength={100_000}
        placeholder="None"
        value={typed ?? value ?? follows}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
      />
      <p className="field-help own-help">
        {value !== null ? (
          <>
            Only for this chat.{' '}
            <button type="button" className="text-button" onClick={() => onChange(null)}>
              Follow {props.follows.trim() === '' ? 'Settings' : 'the preset'} again
            </button>
          </>
        ) : (
          `From ${props.follows.trim() === '' ? 'Settings' : 'the preset'}. What you change holds for this chat only.`
        )}
      </p>
    </div>
  );
}

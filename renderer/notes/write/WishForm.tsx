import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';

const wishes = ['Shorter', 'Clearer', 'Friendlier', 'More formal', 'Without mistakes'];

/** Asks how a text is to be rewritten, or into which language it is to be translated. */
export function WishForm(props: {
  readonly task: 'rewrite' | 'translate';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onStart: (wish: string) => void;
}) {
  const { task, value, onChange, onStart } = props;
  const start = () => value.trim() !== '' && onStart(value);
  if (task === 'translate')
    return <TextField label="Language" value={value} maxLength={100} onChange={onChange} onEnter={start} />;
  return (
    <div className="write-form">
      <fieldset className="write-wishes">
        <legend className="field-label">How?</legend>
        {wishes.map((wish) => (
          <Button key={wish} small onClick={() => onStart(wish)}>
            {wish}
          </Button>
        ))}
      </fieldset>
      <TextField
        label="Or in your own words"
        value={value}
        maxLength={2000}
        placeholder="As a letter to the landlord"
        onChange={onChange}
        onEnter={start}
      />
    </div>
  );
}

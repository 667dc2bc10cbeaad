import { useState } from 'react';
import { TextField } from '../ui/TextField.tsx';

/** A field that saves when it is left or Enter is pressed, and says what is wrong with what was typed. */
export function SavedField(props: {
  readonly label: string;
  readonly help: string;
  readonly saved: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  /** What holds while it is empty. */
  readonly placeholder?: string;
  /** Saves the words, or tells what is wrong with them. */
  readonly onSave: (text: string) => string | null;
  /** Told whether what stands there is wrong and therefore not saved. */
  readonly onWrong?: (wrong: boolean) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const save = () => {
    const wrong = typed === null || typed === props.saved ? null : props.onSave(typed.trim());
    if (typed !== null && (wrong !== null) !== (problem !== '')) props.onWrong?.(wrong !== null);
    setProblem(wrong ?? '');
    if (wrong === null) setTyped(null);
  };
  return (
    <TextField
      label={props.label}
      help={props.help}
      value={typed ?? props.saved}
      problem={problem}
      inputMode={props.inputMode}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      onChange={setTyped}
      onEnter={save}
      onBlur={save}
    />
  );
}

/** Reads a number within bounds; a text says what is wrong. */
export function readNumber(text: string, min: number, max: number, whole = false): number | string {
  const value = Number(text.replace(',', '.'));
  if (text === '' || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
    return whole ? 'Please write a whole number.' : 'Please write a number.';
  }
  return value < min || value > max ? `Please write a number from ${min} to ${max}.` : value;
}

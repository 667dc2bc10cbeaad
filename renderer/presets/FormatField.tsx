import { useId, useState } from 'react';
import { schemaOfExample } from '../../electron/base/jsonSchema/inferSchema.ts';
import { mendSchema } from '../../electron/base/jsonSchema/mendSchema.ts';
import { readSchema } from '../../electron/base/jsonSchema/readSchema.ts';
import { type AnswerFormat, longestSchema } from '../../electron/contract/presets.ts';
import { Button } from '../ui/Button.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import './Presets.css';

const firstSchema = JSON.stringify(
  { type: 'object', properties: { answer: { type: 'string' } }, required: ['answer'] },
  null,
  2,
);

/** What answers have to be: plain words, or JSON by a schema that is written here or made from an example. */
export function FormatField(props: {
  readonly value: AnswerFormat | null;
  /** What null means: "As the preset says". */
  readonly follows: string;
  readonly onChange: (value: AnswerFormat | null) => void;
}) {
  const { value, onChange } = props;
  return (
    <>
      <SelectField
        label="Answers are"
        value={value?.kind ?? ''}
        options={[
          { value: '', label: props.follows },
          { value: 'text', label: 'Plain words' },
          { value: 'json', label: 'JSON of a fixed form' },
        ]}
        onChange={(kind) =>
          onChange(
            kind === 'json' ? { kind, schema: firstSchema } : kind === 'text' ? { kind: 'text' } : null,
          )
        }
      />
      {value?.kind === 'json' && (
        <SchemaField schema={value.schema} onChange={(schema) => onChange({ kind: 'json', schema })} />
      )}
    </>
  );
}

function SchemaField(props: { readonly schema: string; readonly onChange: (schema: string) => void }) {
  const { schema, onChange } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [example, setExample] = useState<string | null>(null);
  const text = typed ?? schema;
  const { problems } = readSchema(text);
  const mended = problems.length > 0 ? mendSchema(text) : null;
  const take = (next: string) => {
    setTyped(null);
    onChange(next);
  };
  if (example !== null)
    return (
      <ExampleField
        value={example}
        onChange={setExample}
        onCancel={() => setExample(null)}
        onUse={(made) => {
          setExample(null);
          take(made);
        }}
      />
    );
  return (
    <div className="field">
      <label htmlFor={id}>JSON schema</label>
      <textarea
        id={id}
        className="input schema-input"
        rows={9}
        spellCheck={false}
        maxLength={longestSchema}
        dir="ltr"
        value={text}
        aria-invalid={problems.length > 0 || undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => typed !== null && take(typed)}
      />
      <div id={`${id}-note`} aria-live="polite">
        {problems.length === 0 ? (
          <p className="field-help">The model cannot write anything else than this.</p>
        ) : (
          <ul className="schema-problems">
            {problems.slice(0, 4).map(({ at, words }) => (
              <li key={`${at} ${words}`}>
                {words} {at !== '#' && <code>{at}</code>}
              </li>
            ))}
            {problems.length > 4 && <li>And {problems.length - 4} more.</li>}
          </ul>
        )}
      </div>
      <div className="schema-tools">
        {mended !== null && (
          <Button small onClick={() => take(mended)}>
            Leave these rules out
          </Button>
        )}
        <Button small look="quiet" onClick={() => setExample('')}>
          Make it from an example…
        </Button>
      </div>
    </div>
  );
}

function ExampleField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onCancel: () => void;
  readonly onUse: (schema: string) => void;
}) {
  const id = useId();
  const [problem, setProblem] = useState('');
  const use = () => {
    const made = schemaOfExample(props.value);
    if ('schema' in made) props.onUse(made.schema);
    else setProblem(made.problem);
  };
  return (
    <div className="field">
      <label htmlFor={id}>An example of an answer, as JSON</label>
      <textarea
        id={id}
        className="input schema-input"
        rows={9}
        spellCheck={false}
        dir="ltr"
        placeholder={'[{"name": "Ann", "age": 31}]'}
        value={props.value}
        aria-invalid={problem !== '' || undefined}
        aria-describedby={problem === '' ? undefined : `${id}-note`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {problem !== '' && (
        <p id={`${id}-note`} className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="schema-tools">
        <Button small look="primary" disabled={props.value.trim() === ''} onClick={use}>
          Make the schema
        </Button>
        <Button small look="quiet" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

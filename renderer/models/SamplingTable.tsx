import type { SamplingDefault } from '../../electron/contract/load.ts';

const names: Readonly<Record<SamplingDefault['key'], string>> = {
  temperature: 'Variety (temperature)',
  topP: 'Likely words only (top-p)',
  topK: 'Words to choose from (top-k)',
  minP: 'Drop the unlikely (min-p)',
  repeatPenalty: 'Against repetition (repeat penalty)',
};
const sources: Readonly<Record<SamplingDefault['source'], string>> = {
  you: 'your settings',
  card: 'the model’s makers',
  file: 'the model’s file',
  inkling: 'Inkling',
};

/** How the next word is picked for a model, and who says so. */
export function SamplingTable({ sampling }: { readonly sampling: readonly SamplingDefault[] }) {
  return (
    <details className="sampling">
      <summary>How words are picked</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {sampling.map(({ key, value, source }) => (
            <tr key={key}>
              <th scope="row">{names[key]}</th>
              <td>{value}</td>
              <td>{sources[source]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="field-help">What you change in Settings, Answers, holds for all models.</p>
    </details>
  );
}

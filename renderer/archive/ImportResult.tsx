import type { ImportReport } from '../../electron/contract/archive.ts';
import { formatCount, plural } from '../ui/format.ts';
import './ImportResult.css';

/** What an import did, and what it could not do, by name and number. */
export function ImportResult({ report }: { readonly report: ImportReport }) {
  const { failed, left } = report;
  const from = report.apps.map(({ name, chats }) => `${name} (${formatCount(chats)})`).join(', ');
  const unnamed = failed.count - failed.first.length;
  return (
    <div className="import-result">
      {report.chats > 0 && (
        <p>
          {plural(report.messages, 'message')} from {from}.
        </p>
      )}
      {report.known > 0 && <p>{plural(report.known, 'chat')} were here already and stay as they are.</p>}
      {failed.count > 0 && (
        <section aria-label="Not imported">
          <h3>Could not be read: {formatCount(failed.count)}</h3>
          <ul>
            {failed.first.map(({ name, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a finished report never changes
              <li key={at}>
                <span className="import-name">{name}</span> {reason}
              </li>
            ))}
            {unnamed > 0 && <li>and {formatCount(unnamed)} more</li>}
          </ul>
        </section>
      )}
      {left.length > 0 && (
        <section aria-label="Left out">
          <h3>Left out, since Inkling has no place for it</h3>
          <ul>
            {left.map(({ what, count }) => (
              <li key={what}>
                {formatCount(count)} × {what}
              </li>
            ))}
          </ul>
        </section>
      )}
      {report.ignored > 0 && <p className="muted">{plural(report.ignored, 'file')} without chats.</p>}
    </div>
  );
}

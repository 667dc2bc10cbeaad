import { useMemo, useState } from 'react';
import { copyText } from '../../app/actions.ts';
import { useStores } from '../../app/stores.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { CodeBlock } from '../markdown/CodeBlock.tsx';
import { Table } from '../markdown/Table.tsx';
import { JsonTree } from './JsonTree.tsx';
import { cellText, csvTableOf, formulasIn, type JsonTable, tableOf, toCsv } from './jsonTable.ts';
import './Structured.css';

const page = 100;

/** An answer that is JSON: a list of objects as a table, all else as a tree, the JSON itself one click away. */
export function StructuredAnswer({ value }: { readonly value: unknown }) {
  const stores = useStores();
  const [raw, setRaw] = useState(false);
  const table = useMemo(() => tableOf(value), [value]);
  const json = useMemo(() => JSON.stringify(value, null, 2), [value]);
  const csv = useMemo(() => csvTableOf(value), [value]);
  const copy = async (text: string): Promise<boolean> => {
    const copied = await copyText(stores, text);
    if (copied) stores.ui.getState().announce('Copied');
    return copied;
  };
  const copyCsv = async (rows: JsonTable) => {
    const formulas = formulasIn(rows);
    if ((await copy(toCsv(rows))) && formulas > 0)
      stores.toasts
        .getState()
        .show(
          `Copied. An apostrophe stands before ${plural(formulas, 'cell')} that a spreadsheet would take for a formula.`,
        );
  };
  return (
    <section className="structured" aria-label="Structured answer">
      <div className="structured-head">
        <Button small look="quiet" aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {raw ? `Show ${table ? 'the table' : 'the tree'}` : 'Show JSON'}
        </Button>
        <span className="header-space" />
        <Button small look="quiet" onClick={() => void copy(json)}>
          Copy JSON
        </Button>
        {csv && (
          <Button small look="quiet" onClick={() => void copyCsv(csv)}>
            Copy CSV
          </Button>
        )}
      </div>
      {raw ? (
        <CodeBlock text={json} lang="json" />
      ) : table ? (
        <Rows table={table} />
      ) : (
        <JsonTree value={value} />
      )}
    </section>
  );
}

function Rows({ table: { columns, rows } }: { readonly table: JsonTable }) {
  const [shown, setShown] = useState(page);
  return (
    <>
      <Table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" dir="auto">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of an answer never move
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={columns[column]} dir="auto" data-type={typeof cell}>
                  {cellText(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {rows.length > shown && (
        <button type="button" className="text-button" onClick={() => setShown(shown + page)}>
          Show more of {formatCount(rows.length)} rows
        </button>
      )}
    </>
  );
}

import { createContext, type ReactNode, useContext } from 'react';

/** Widths of the columns in percent, for the pieces of one long table; null lets the words decide. */
export const ColumnWidths = createContext<readonly number[] | null>(null);

/** A table, which scrolls sideways where it is too wide. */
export function Table({ children }: { readonly children: ReactNode }) {
  const widths = useContext(ColumnWidths);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="md-table" role="group" aria-label="Table" tabIndex={0}>
      <table data-fixed={widths !== null || undefined}>
        {widths && (
          <colgroup>
            {widths.map((width, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a table never move
              <col key={column} width={`${width}%`} />
            ))}
          </colgroup>
        )}
        {children}
      </table>
    </div>
  );
}

import { ChevronRight, FilePlus, FolderMinus, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useStores } from '../../app/stores.tsx';
import type { TreeRow } from '../../stores/notesTree.ts';
import { formatCount } from '../../ui/format.ts';
import { type MenuEntry, PointerMenu } from '../../ui/Menu.tsx';
import { useDesk } from '../desk.ts';
import { noteMenu } from '../NoteHeader.tsx';
import { nameOfRow } from './moveInTree.ts';

/** The element of a line, which the tree names as the active one. */
export const treeId = (key: string): string => `note-line-${encodeURIComponent(key)}`;

const indent = 14;

/** A folder or a note in the tree. */
export const TreeLine = memo(function TreeLine(props: {
  readonly row: TreeRow;
  readonly active: boolean;
  /** It is the note that is open. */
  readonly current: boolean;
  readonly onRun: (row: TreeRow) => void;
}) {
  const { row, active, current, onRun } = props;
  const entries = useMenu(row);
  const name = nameOfRow(row);
  const problem = row.kind === 'folder' ? row.folder.problem : row.note.skipped;
  return (
    <PointerMenu entries={entries}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names this line as the active one */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens for the keys of all its lines */}
      <div
        id={treeId(row.key)}
        role="treeitem"
        className="tree-line"
        aria-level={row.depth + 1}
        aria-posinset={row.place}
        aria-setsize={row.siblings}
        aria-expanded={row.kind === 'folder' ? row.open : undefined}
        aria-selected={current}
        data-active={active || undefined}
        data-root={row.depth === 0 || undefined}
        style={{ paddingInlineStart: 8 + row.depth * indent }}
        title={problem ? `${name}: ${problem}` : name}
        onClick={() => onRun(row)}
      >
        {row.kind === 'folder' ? (
          <ChevronRight size={14} aria-hidden className="tree-arrow" data-open={row.open || undefined} />
        ) : (
          <span className="tree-arrow" />
        )}
        <span className="truncate tree-name" dir="auto">
          {name}
        </span>
        {problem && <TriangleAlert size={13} className="tree-problem" role="img" aria-label={problem} />}
        {row.kind === 'folder' && !row.open && row.folder.count > 0 && (
          <span className="tree-count">{formatCount(row.folder.count)}</span>
        )}
      </div>
    </PointerMenu>
  );
});

function useMenu(row: TreeRow): readonly MenuEntry[] {
  const stores = useStores();
  const desk = useDesk();
  if (row.kind === 'note') return noteMenu(stores, desk, row.note);
  const { folderId, prefix, name } = row.folder;
  const newNote: MenuEntry = {
    label: 'New note here…',
    icon: FilePlus,
    onSelect: () => desk.show({ kind: 'newNote', folderId, folder: prefix }),
  };
  if (prefix !== '') return [newNote];
  return [
    newNote,
    {
      label: 'Take out of Inkling…',
      icon: FolderMinus,
      onSelect: () => desk.show({ kind: 'removeFolder', id: folderId, name }),
    },
  ];
}

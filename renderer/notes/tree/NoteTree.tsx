import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { buildTree, foldersAbove, keyOf, type TreeRow, treeRows } from '../../stores/notesTree.ts';
import { useDesk } from '../desk.ts';
import { moveInTree } from './moveInTree.ts';
import { TreeLine, treeId } from './TreeLine.tsx';

const rowHeight = 30;
const none: readonly never[] = [];

/** All notes in their folders. The arrows move, Enter opens, F2 renames, Delete moves to the bin. */
export function NoteTree({ current }: { readonly current: NoteRef | null }) {
  const { notes } = useStores();
  const { show } = useDesk();
  const folders = useStore('notes', ({ state }) => state?.folders) ?? none;
  const entries = useStore('notes', (state) => state.entries);
  const problem = useStore('notes', (state) => state.listProblem);
  const open = useStore('notes', (state) => state.open);
  const tree = useMemo(() => buildTree(folders, entries ?? none), [folders, entries]);
  const rows = useMemo(() => treeRows(tree, open), [tree, open]);
  const currentKey = current ? keyOf(current) : null;
  const [active, setActive] = useState(currentKey ?? rows[0]?.key ?? '');
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === active),
  );

  // The open note is always to be found in the tree.
  useEffect(() => {
    if (!current || !currentKey) return;
    setActive(currentKey);
    const closed = foldersAbove(current).filter((key) => !notes.getState().open.has(key));
    for (const key of closed) notes.getState().setOpen(key, true);
  }, [notes, current, currentKey]);
  const listed = entries !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where another line became the active one
  useEffect(() => {
    list.current?.scrollToIndex(at, { align: 'nearest' });
  }, [active, listed]);

  const run = (row: TreeRow) => {
    setActive(row.key);
    if (row.kind === 'folder') notes.getState().setOpen(row.key, !row.open);
    else notes.getState().openNote(row.note);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const menu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    const move = moveInTree(rows, at, event.key);
    if (menu) openMenu(row.key);
    else if (event.key === 'Enter' || event.key === ' ') run(row);
    else if (event.key === 'F2' && row.kind === 'note') show({ kind: 'rename', note: row.note });
    else if (event.key === 'Delete' && row.kind === 'note') show({ kind: 'remove', note: row.note });
    else if (move?.kind === 'to') setActive(rows[move.at]?.key ?? active);
    else if (move) notes.getState().setOpen(row.key, move.kind === 'open');
    else return;
    event.preventDefault();
  };

  if (!listed && problem)
    return (
      <p className="notes-none" role="alert">
        {problem.message}
      </p>
    );
  return (
    <div
      ref={scroller}
      className="notes-tree"
      role="tree"
      aria-label="Notes"
      aria-busy={!listed}
      tabIndex={0}
      aria-activedescendant={rows[at] ? treeId(rows[at].key) : undefined}
      onKeyDown={onKeyDown}
    >
      <Virtualizer ref={list} data={rows} scrollRef={scroller} itemSize={rowHeight} keepMounted={[at]}>
        {(row) => (
          <TreeLine
            key={row.key}
            row={row}
            active={row.key === rows[at]?.key}
            current={row.key === currentKey}
            onRun={run}
          />
        )}
      </Virtualizer>
    </div>
  );
}

// The menu belongs to the line, which has no focus of its own.
function openMenu(key: string): void {
  const line = document.getElementById(treeId(key));
  const box = line?.getBoundingClientRect();
  if (!line || !box) return;
  const at = { clientX: box.left + 32, clientY: box.bottom };
  line.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }));
}

import {
  AlignLeft,
  Heading1,
  Languages,
  Link,
  ListTodo,
  type LucideIcon,
  PenLine,
  Tags,
  TextCursorInput,
} from 'lucide-react';
import { useStore as useZustand } from 'zustand';
import type { WritingTask } from '../../../electron/contract/writing.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonMenu } from '../../ui/Menu.tsx';
import { useDesk } from '../desk.ts';
import type { NoteSession } from '../session/noteSession.ts';
import { taskWords } from './writeWords.ts';

const icons: Record<WritingTask, LucideIcon> = {
  rewrite: PenLine,
  summarize: AlignLeft,
  continue: TextCursorInput,
  translate: Languages,
  tasks: ListTodo,
  title: Heading1,
  tags: Tags,
  links: Link,
};
const tasks = Object.keys(taskWords) as WritingTask[];

/** What the model can do with the selection, or with the whole note. */
export function WriteMenu({ session }: { readonly session: NoteSession }) {
  const { show } = useDesk();
  const note = useZustand(session.store, (state) => state.note);
  const ready = useZustand(
    session.store,
    ({ phase, readOnly, saving }) => phase === 'ready' && readOnly === null && saving.kind !== 'conflict',
  );
  const entries = tasks.map((task) => ({
    label: `${taskWords[task].label}${taskWords[task].asks ? '…' : ''}`,
    icon: icons[task],
    onSelect: () => show({ kind: 'write', note, task }),
  }));
  return (
    <ButtonMenu entries={entries}>
      <Button small disabled={!ready}>
        Write…
      </Button>
    </ButtonMenu>
  );
}

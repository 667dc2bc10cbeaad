import { FileText, FolderOpen } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { useDesk } from './desk.ts';

const promises = [
  ['They stay yours', 'Plain Markdown files, where they are. An Obsidian or Logseq folder works as it is.'],
  ['Answers with the place', 'Ask in any chat, and see the passage that each answer stands on.'],
  ['Nothing leaves this computer', 'Notes are read, searched and understood here, without a network.'],
] as const;

/** Says what notes are for, before there are any. */
export function FirstUse() {
  const { show } = useDesk();
  return (
    <div className="empty-page">
      <FileText size={36} strokeWidth={1.2} aria-hidden className="muted" />
      <h2>Your notes, with a memory that answers</h2>
      <p>Choose a folder of Markdown files. Inkling reads it where it is, and copies and changes nothing.</p>
      <dl className="notes-promises">
        {promises.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <div className="empty-buttons">
        <Button look="primary" icon={FolderOpen} onClick={() => show({ kind: 'addFolder' })}>
          Choose a folder…
        </Button>
      </div>
    </div>
  );
}

import { FileText } from 'lucide-react';
import { Header } from '../app/Header.tsx';

/** Says honestly that notes are not here yet, and what they will be. */
export function NotesScreen() {
  return (
    <>
      <Header>
        <h1 className="header-title">Notes</h1>
      </Header>
      <div className="empty-page">
        <FileText size={36} strokeWidth={1.2} aria-hidden className="muted" />
        <h2>Notes come with a later version</h2>
        <p>
          Inkling will open a folder of Markdown files that you already have, let you edit them, and answer
          questions from them with the exact passage beside the answer. Your files will stay plain files,
          where they are.
        </p>
      </div>
    </>
  );
}

import { notInNotes } from '../../../../models/starter/notesPrompt.ts';
import { notInFiles } from './filesPrompt.ts';

/** Lets the text of an answer through; the one sentence that the starter learned for notes is said of files. */
export function createRenameAbsent(): { push(text: string): string; end(): string } {
  let held: string | null = '';
  return {
    push(text) {
      if (held === null) return text;
      held += text;
      if (held.trimStart().startsWith(notInNotes)) {
        const said = held.trimStart().replace(notInNotes, notInFiles);
        held = null;
        return said;
      }
      if (notInNotes.startsWith(held.trimStart())) return '';
      const said = held;
      held = null;
      return said;
    },
    end() {
      const said = held ?? '';
      held = null;
      return said;
    },
  };
}

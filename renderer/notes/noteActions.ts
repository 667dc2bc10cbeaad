import { InklingError } from '../../electron/contract/errors.ts';
import { type NoteRef, notePath } from '../../electron/contract/noteRef.ts';
import type { NoteScope } from '../../electron/contract/noteSources.ts';
import { copyText, newChat } from '../app/actions.ts';
import type { Stores } from '../app/stores.tsx';
import { setScope } from '../chat/sources/useScope.ts';
import { baseName, keyOf } from '../stores/notesTree.ts';
import { linkTo } from '../stores/rankNotes.ts';
import type { Desk } from './desk.ts';

/** `Power` in `Cabin` -> `Cabin/Power.md`. */
export function toNotePath(folder: string, name: string): string {
  const tidy = name.trim().replace(/^\/+|\/+$/g, '');
  const file = /\.(md|markdown)$/i.test(tidy) ? tidy : `${tidy}.md`;
  return folder ? `${folder}/${file}` : file;
}

/** What is wrong with the path of a note, in words; null if nothing is. */
export function pathProblem(path: string): string | null {
  if (!notePath.safeParse(path).success)
    return 'A note cannot have this name. Use letters, digits and spaces.';
  if (/[<>:"|?*]/.test(path)) return 'Some systems do not allow < > : " | ? * in the name of a file.';
  if (path.split('/').some((part) => part.startsWith('.')))
    return 'Names that begin with a dot are hidden files.';
  return null;
}

/** Makes a note. Throws `conflict` if there is one of that name. */
export async function createNote({ api, notes }: Stores, note: NoteRef): Promise<void> {
  const { type } = await api.notes.save({ note, text: `# ${baseName(note.path)}\n\n`, base: null });
  if (type !== 'saved')
    throw new InklingError(
      'conflict',
      `There is a note at ${note.path} already. It was left alone. Choose another name.`,
    );
  void notes.getState().list();
}

/** Opens today's note; it is made if it is missing. */
export async function openToday(stores: Stores, folderId: string): Promise<void> {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  try {
    const note = await stores.api.notes.daily({ folderId, date });
    void stores.notes.getState().list();
    stores.notes.getState().openNote(note, true);
  } catch (error) {
    stores.fail(error);
  }
}

/** Renames or moves a note and updates the links in the notes of `update`. Answers the notes that could not be updated. */
export async function renameNote(
  stores: Stores,
  { sessions }: Desk,
  note: NoteRef,
  to: string,
  update: readonly NoteRef[],
) {
  await sessions.flushAll();
  const renamed = await stores.api.notes.rename({ note, to, update: [...update] });
  sessions.moved(note, renamed.note);
  const { route } = stores.route.getState();
  const shown = route.screen === 'notes' && route.note && keyOf(route.note) === keyOf(note);
  if (shown) stores.notes.getState().openNote(renamed.note);
  void stores.notes.getState().list();
  return renamed;
}

/** Moves a note to the system's bin. What was typed last is in it. */
export async function removeNote(stores: Stores, { sessions }: Desk, note: NoteRef): Promise<void> {
  await sessions.find(note)?.flush();
  await stores.api.notes.remove({ note });
  sessions.forget(note);
  const { route } = stores.route.getState();
  if (route.screen === 'notes' && route.note && keyOf(route.note) === keyOf(note))
    stores.route.getState().go({ screen: 'notes' });
  void stores.notes.getState().list();
  stores.toasts.getState().show(`Moved “${baseName(note.path)}” to the bin.`);
}

/** Copies what links to a note from any other. */
export async function copyLink(stores: Stores, note: NoteRef): Promise<void> {
  const entries = stores.notes.getState().entries ?? [];
  const entry = entries.find((each) => keyOf(each) === keyOf(note));
  const link = `[[${entry ? linkTo(entry, entries) : baseName(note.path)}]]`;
  if (await copyText(stores, link)) stores.toasts.getState().show(`Copied ${link}`);
}

/** Shows a note in the system's file manager. */
export async function revealNote({ api, notes, fail }: Stores, note: NoteRef): Promise<void> {
  const folder = notes.getState().state?.folders.find(({ id }) => id === note.folderId);
  if (!folder) return;
  const separator = /^[A-Za-z]:\\|^\\\\/.test(folder.path) ? '\\' : '/';
  const parts = [folder.path.replace(/[\\/]+$/, ''), ...note.path.split('/')];
  try {
    await api.host.reveal({ path: parts.join(separator) });
  } catch (error) {
    fail(error);
  }
}

/** Opens a new chat that answers from these notes alone. */
export function askAbout(stores: Stores, scope: NoteScope): void {
  setScope(stores, null, scope);
  newChat(stores);
}

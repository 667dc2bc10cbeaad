import type { Stores } from '../../app/stores.tsx';
import { errorText } from '../../stores/errorText.ts';

/** A paste that is longer, in characters or lines, becomes an attachment. */
const longPaste = { characters: 2000, lines: 40 } as const;

/** Attaches files to a chat; where the host knows where they lie, they are read there. */
export function attachFiles(stores: Stores, chat: string, files: readonly File[]): void {
  const { attachments, ui, pathOf } = stores;
  ui.getState().announce(files.length === 1 ? `Reading ${files[0]?.name}` : `Reading ${files.length} files`);
  void attachments
    .getState()
    .add(
      chat,
      files.map((file) => ({ file, path: pathOf(file) })),
    )
    .then(() => tellRead(stores, chat, files));
}

function tellRead({ attachments, ui }: Stores, chat: string, files: readonly File[]): void {
  const names = new Set(files.map(({ name }) => name));
  const failed = (attachments.getState().waiting[chat] ?? []).filter(
    (each) => each.state === 'failed' && names.has(each.name),
  );
  ui.getState().announce(failed.length > 0 ? 'Some files could not be read' : 'Attached');
}

/** Takes one away; a toast offers to bring it back. */
export async function removeFile(stores: Stores, chat: string, key: string, name: string): Promise<void> {
  const { attachments, toasts, fail } = stores;
  const found = attachments.getState().waiting[chat]?.find((each) => each.key === key);
  try {
    const undoUntil = await attachments.getState().remove(chat, key);
    if (undoUntil === null || found?.state !== 'ready') return;
    const { id } = found.attachment;
    toasts.getState().show(`Removed “${name}”.`, {
      ms: Math.max(2000, Math.min(10_000, undoUntil - Date.now())),
      action: {
        label: 'Undo',
        run: () => void attachments.getState().restore(chat, id).catch(fail),
      },
    });
  } catch (error) {
    toasts.getState().show(errorText(error), { tone: 'bad' });
  }
}

/** Whether a pasted text is better read as a file than shown in the composer. */
export function isLongPaste(text: string): boolean {
  if (text.length > longPaste.characters) return true;
  return text.split('\n', longPaste.lines + 1).length > longPaste.lines;
}

/** Attaches a pasted text; a toast offers to paste it as text instead. */
export function attachPaste(stores: Stores, chat: string, text: string, pasteAsText: () => void): void {
  const { attachments, toasts } = stores;
  const taken = new Set((attachments.getState().waiting[chat] ?? []).map(({ name }) => name));
  const name = pastedName(taken);
  attachFiles(stores, chat, [new File([text], name, { type: 'text/plain' })]);
  toasts.getState().show('The long text was attached as a file.', {
    ms: 10_000,
    action: {
      label: 'Paste as text instead',
      run: () => {
        const found = attachments.getState().waiting[chat]?.find((each) => each.name === name);
        if (found) void attachments.getState().remove(chat, found.key).catch(stores.fail);
        pasteAsText();
      },
    },
  });
}

function pastedName(taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'Pasted text.txt' : `Pasted text ${n}.txt`;
    if (!taken.has(name)) return name;
  }
}

import { shell } from 'electron';
import { InklingError } from '../../contract/errors.ts';

/** Moves a file to the system's bin, from where a person can bring it back. Throws `unsupported` and leaves the file if there is none. */
export async function moveToTrash(path: string): Promise<void> {
  await shell.trashItem(path).catch(() => {
    throw new InklingError(
      'unsupported',
      `The system has no bin for ${path}, so it was left where it is. Delete it in your file manager if you want it gone.`,
    );
  });
}

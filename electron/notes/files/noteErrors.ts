import { InklingError } from '../../contract/errors.ts';

interface SystemError {
  readonly code?: unknown;
  readonly message?: unknown;
}

/** Turns what the file system threw about a note into an {@link InklingError} a person understands. */
export function toNoteError(error: unknown, notePath: string): unknown {
  if (error instanceof InklingError) return error;
  const { code, message } = (error ?? {}) as SystemError;
  const details = { reason: String(message) };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new InklingError('not_found', `There is no note "${notePath}" any more.`, details);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new InklingError(
        'storage_failed',
        `The system does not let Inkling do this with "${notePath}". The file is as it was. Check its permissions and those of its folder.`,
        details,
      );
    case 'ELOOP':
    case 'EMLINK':
      return refuseLink(notePath);
    case 'ENAMETOOLONG':
      return new InklingError('bad_input', `The name of "${notePath}" is too long for this disk.`, details);
    case 'ENOSPC':
    case 'EDQUOT':
      return new InklingError(
        'storage_full',
        `The disk is full, so "${notePath}" was not saved. The file is as it was before. Free some space, then save again.`,
        details,
      );
    default:
      if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return error;
      return new InklingError(
        'storage_failed',
        `The disk did not do what it should with "${notePath}" (${code}). What was there before is as it was. Check the disk, then try again.`,
        details,
      );
  }
}

/** The refusal to follow a link. */
export function refuseLink(notePath: string): InklingError {
  return new InklingError(
    'unsupported',
    `"${notePath}" leads out by a link. Inkling reads and writes plain files inside the folder only.`,
  );
}

/** The refusal of pipes, devices and folders with the name of a note. */
export function refuseSpecial(notePath: string): InklingError {
  return new InklingError('unsupported', `"${notePath}" is not a plain file, so Inkling leaves it alone.`);
}

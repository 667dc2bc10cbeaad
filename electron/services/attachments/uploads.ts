import { largestFile } from '../../contract/attachments.ts';
import { InklingError } from '../../contract/errors.ts';
import { newId } from '../conversations/newId.ts';
import { type ReaderProcess, toReason } from './readerProcess.ts';

/** A file that comes in pieces, straight into the process that will read it. */
export interface Upload {
  readonly name: string;
  readonly size: number;
  readonly reader: ReaderProcess;
}

/** The files that are on their way. */
export interface Uploads {
  /** Throws `bad_input` for a file that is too large, `busy` while too many are on their way. */
  begin(name: string, size: number): string;
  push(id: string, at: number, data: string): Promise<void>;
  /** Hands over a file that is here whole. */
  take(id: string): Upload;
  close(): void;
}

/** Files at once, and ms without a new piece after which one is forgotten: its window is gone. */
const limits = { files: 4, idle: 60_000 } as const;

/** Makes the {@link Uploads}. */
export function createUploads(start: () => ReaderProcess): Uploads {
  const open = new Map<string, Upload & { received: number; idle: NodeJS.Timeout }>();
  const forget = (id: string) => {
    const upload = open.get(id);
    clearTimeout(upload?.idle);
    open.delete(id);
    return upload;
  };
  const drop = (id: string) => forget(id)?.reader.kill();
  const find = (id: string) => {
    const upload = open.get(id);
    if (!upload) throw new InklingError('not_found', 'The file did not arrive whole. Attach it again.');
    upload.idle.refresh();
    return upload;
  };
  return {
    begin(name, size) {
      if (size > largestFile) throw tooLarge(size);
      if (open.size >= limits.files)
        throw new InklingError('busy', 'Other files are being read. Attach this one when they are done.');
      const id = newId();
      const idle = setTimeout(drop, limits.idle, id).unref();
      open.set(id, { name, size, reader: start(), received: 0, idle });
      return id;
    },
    async push(id, at, data) {
      const upload = find(id);
      try {
        await upload.reader.api.push({ at, data });
      } catch (error) {
        drop(id);
        throw toReason(error, false);
      }
      upload.received += Buffer.byteLength(data, 'base64');
      if (upload.received > upload.size) {
        drop(id);
        throw new InklingError('bad_input', 'The file changed while it was read. Attach it again.');
      }
    },
    take(id) {
      const upload = find(id);
      forget(id);
      if (upload.received === upload.size) return upload;
      upload.reader.kill();
      throw new InklingError('bad_input', 'The file changed while it was read. Attach it again.');
    },
    close() {
      for (const id of [...open.keys()]) drop(id);
    },
  };
}

const tooLarge = (size: number) =>
  new InklingError(
    'bad_input',
    `It has ${Math.round(size / 1_000_000).toLocaleString('en')} MB; files up to ${largestFile / 1_000_000} MB are read. Attach a part of it.`,
  );

import type { Attachment } from '../../../contract/attachments.ts';
import type { FileSource } from '../../../contract/noteSources.ts';
import type { AttachmentPassage } from '../../../reader/contract.ts';
import type { Attachments } from '../../attachments/createAttachments.ts';
import { mostPassages, queryOf } from '../answerFromNotes.ts';
import { toTurns } from '../ledger/turns.ts';
import type { MessageWithFiles } from './placeFiles.ts';

/** The files of the chats, as far as answers need them. */
export type ReadableFiles = Pick<Attachments, 'has' | 'text' | 'find'>;

/**
 * Finds passages of long files for the newest question of a branch. Files that came with it are always read, in passages
 * from all over them where none shares a word with it.
 */
export async function findInFiles(
  files: ReadableFiles,
  branch: readonly MessageWithFiles[],
  long: readonly Attachment[],
  signal: AbortSignal,
): Promise<FileSource[]> {
  const newest = branch.at(-1);
  if (long.length === 0 || newest?.role !== 'user') return [];
  const asked = toTurns(branch).map(({ question }) => question ?? '');
  const isNew = newest.attachments.some(({ id }) => long.some((file) => file.id === id));
  const passages = await files.find(
    {
      ids: long.map(({ id }) => id),
      question: queryOf(asked),
      limit: mostPassages,
      anyway: isNew,
    },
    signal,
  );
  const byId = new Map(long.map((file) => [file.id, file]));
  return passages.flatMap((passage, at) => {
    const file = byId.get(passage.id);
    return file ? [toSource(file, passage, at + 1)] : [];
  });
}

function toSource(file: Attachment, passage: AttachmentPassage, number: number): FileSource {
  const { heading, start, end, text, reason } = passage;
  const page = file.pages === null ? null : Number(/^page (\d+)$/.exec(heading)?.[1] ?? 1);
  return {
    attachmentId: file.id,
    path: file.name,
    title: file.name,
    heading,
    page,
    start,
    end,
    text,
    reason,
    number,
  };
}

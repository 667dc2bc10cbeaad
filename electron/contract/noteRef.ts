import { z } from 'zod';
import { id } from './common.ts';

/** A note's place inside its folder, with `/`, exactly as the disk spells it; never a way out of the folder. */
export const notePath = z
  .string()
  .min(1)
  .max(1024)
  .refine(
    (text) =>
      !/[\0\\]/.test(text) &&
      text.split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
      /\.(md|markdown)$/i.test(text),
    'not the path of a note',
  );

/** One note: a file in one of the folders that the person chose. */
export const noteRef = z.object({ folderId: id, path: notePath });
export type NoteRef = z.infer<typeof noteRef>;

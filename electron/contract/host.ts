import { z } from 'zod';
import { path } from './common.ts';
import { method } from './define.ts';

/** An address a person may open: http, https and mailto, nothing else. */
export const externalUrl = z
  .string()
  .max(8192)
  .refine((text) => {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
    return scheme === 'http' || scheme === 'https' || scheme === 'mailto';
  }, 'only http, https and mailto links can be opened');

/** What the desktop around the app can do; both hosts implement all of it, or say `unsupported` and what to do instead. */
export const host = {
  /**
   * Asks the person for a file or folder with the system's dialog; null if they changed their mind. `saveFile` asks where
   * to write, beginning with `path`; that a file there may be replaced has been confirmed then.
   */
  pick: method(
    z.object({
      kind: z.enum(['modelFile', 'chatsFile', 'folder', 'saveFile']),
      title: z.string().max(200),
      path: path.optional(),
    }),
    z.object({ path: path.nullable() }),
  ),
  /** Shows a file in the system's file manager. */
  reveal: method(z.object({ path }), z.null()),
  /** Opens a link in the system's browser or mail program. The person has seen the full address before. */
  openLink: method(z.object({ url: externalUrl }), z.null()),
};

import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../../electron/contract/attachments.ts';
import { InklingError } from '../../../electron/contract/errors.ts';
import {
  type MessageWithFiles,
  measureFiles,
  placeFiles,
} from '../../../electron/services/chat/files/placeFiles.ts';

const { signal } = new AbortController();
/** One token is one word. */
const counts = { texts: async (texts: readonly string[]) => texts.map((text) => text.split(/\s+/).length) };

function fileOf(id: string, words: number): Attachment {
  const characters = words * 5;
  return {
    id,
    name: `${id}.txt`,
    kind: 'text',
    size: characters,
    sha256: '',
    characters,
    pages: null,
    remark: null,
    createdAt: 0,
  };
}
const textOf = (files: readonly Attachment[]) => (id: string) => {
  const attachment = files.find((file) => file.id === id);
  if (!attachment) throw new InklingError('not_found', 'gone');
  return { attachment, text: 'word '.repeat(attachment.characters / 5), pages: null, damaged: false };
};
const said = (id: string, ...attachments: Attachment[]): MessageWithFiles => ({
  id,
  role: 'user',
  text: 'x',
  keep: 'auto',
  attachments,
});
const place = (branch: readonly MessageWithFiles[], known: readonly Attachment[], starter = false) =>
  placeFiles(
    branch,
    {
      textOf: textOf(known),
      has: (id) => known.some((file) => file.id === id),
      counts,
      contextSize: 1000,
      starter,
    },
    signal,
  );
const sizes = (branch: readonly MessageWithFiles[]) =>
  branch.map(({ files = [] }) => files.map(({ text }) => text.length > 500));

describe('files in a prompt', () => {
  it('are whole while they fit into half of the window together, the oldest first', async () => {
    const files = [fileOf('a', 250), fileOf('b', 400), fileOf('c', 120)] as const;
    const { branch, long } = await place([said('1', files[0]), said('2', files[1], files[2])], files);
    expect(sizes(branch)).toEqual([[true], [false, true]]);
    expect(long.map(({ id }) => id)).toEqual(['b']);
    expect(branch[1]?.files?.[0]?.text).toContain('"b.txt" is attached. It is long');
    // A new one changes nothing of what was read before.
    const more = await place(
      [...branch.map((message) => ({ ...message })), said('3', fileOf('d', 10))],
      [...files, fileOf('d', 10)],
    );
    expect(more.branch.slice(0, 2)).toEqual(branch);
  });

  it('stand once, though two versions of a question have them', async () => {
    const file = fileOf('a', 200);
    const { branch } = await place([said('1', file), said('2', file)], [file]);
    expect(sizes(branch)).toEqual([[true], []]);
  });

  it('are all read by passages by the starter', async () => {
    const file = fileOf('a', 20);
    const { branch, long } = await place([said('1', file)], [file], true);
    expect(sizes(branch)).toEqual([[]]);
    expect(long).toEqual([file]);
  });

  it('whose text is not there any more hold nothing up', async () => {
    const { branch, long } = await place([said('1', fileOf('a', 20))], []);
    expect(branch[0]?.files?.[0]?.text).toContain('its text is not here any more');
    expect(long).toEqual([]);
    expect((await place([said('1', fileOf('a', 20))], [], true)).long).toEqual([]);
  });

  it('are measured as they would be read, and not counted where they are far too long', async () => {
    const files = [fileOf('a', 100), fileOf('b', 700), fileOf('c', 100_000)];
    const given = { textOf: textOf(files), counts, contextSize: 1000 };
    expect(await measureFiles(['a', 'b', 'c'], given, signal)).toEqual([
      { id: 'a', tokens: expect.any(Number), whole: true },
      { id: 'b', tokens: expect.any(Number), whole: false },
      { id: 'c', tokens: null, whole: false },
    ]);
  });
});

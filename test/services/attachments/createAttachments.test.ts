import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDocx, paragraph } from '../../reader/makeDocx.ts';
import { makePdf, makePdfBomb } from '../../reader/makePdf.ts';
import { uncancelled } from '../conversations/openChats.ts';
import { tempFolder } from '../storage/tempFolder.ts';
import { openAttachments } from './openAttachments.ts';

const reasonOf = (adding: Promise<unknown>) =>
  adding.then(
    () => 'it was read',
    (error: Error) => error.message,
  );

describe('a file that is attached', () => {
  it('comes in pieces, is read, and waits in the composer of its chat', async () => {
    const { upload, waiting, text, chats } = openAttachments();
    const { id } = await chats.create();
    const bytes = Buffer.from('# Boats\n\nAn anchor weighs 12 kg.\n'.repeat(30_000));
    const added = await upload('boats.md', bytes, id);
    expect(added).toMatchObject({
      name: 'boats.md',
      kind: 'markdown',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      characters: bytes.length,
      pages: null,
      remark: null,
    });
    expect(await waiting(id)).toEqual([added]);
    expect(await waiting(null)).toEqual([]);
    expect(await text(added.id)).toEqual({
      attachment: added,
      text: bytes.toString(),
      pages: null,
      damaged: false,
    });
  });

  it('is read at its place, and not needed there any more', async () => {
    const { addPath, text } = openAttachments();
    const path = join(tempFolder(), 'plan.pdf');
    writeFileSync(path, makePdf([['Page one.'], ['Page two.']]));
    const added = await addPath(path);
    rmSync(path);
    expect(added).toMatchObject({ name: 'plan.pdf', kind: 'pdf', pages: 2 });
    expect(await text(added.id)).toMatchObject({ text: 'Page one.\n\nPage two.', pages: [0, 11] });
  });

  it('of a thousand pages is read with progress', async () => {
    const { api } = openAttachments();
    const path = join(tempFolder(), 'long.pdf');
    writeFileSync(path, makePdf(Array.from({ length: 1000 }, (_, at) => [`This is page ${at + 1}.`])));
    let told = 0;
    let pages = 0;
    for await (const event of api.add({ conversationId: null, from: { type: 'path', path } }, uncancelled)) {
      if (event.type === 'reading') told = event.done / event.total;
      else pages = event.attachment.pages ?? 0;
    }
    expect({ told, pages }).toEqual({ told: 1, pages: 1000 });
  }, 60_000);

  it('belongs to the message it is sent with, and stays with it', async () => {
    const { upload, waiting, chats, api, attachments } = openAttachments();
    const { id } = await chats.create();
    const added = await upload('a.txt', 'one');
    const { user } = chats.conversations.addTurn({
      conversationId: id,
      parentId: null,
      text: 'What is it?',
      attachments: [attachments.get(added.id)],
      model: null,
    });
    expect(user.attachments).toEqual([added]);
    expect((await chats.messages(id)).messages[0]?.attachments).toEqual([added]);
    expect(await waiting(null)).toEqual([]);
    expect(() => api.remove({ id: added.id }, uncancelled)).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
  });

  it('is still there after a restart, waiting or sent', async () => {
    const dataDir = tempFolder();
    const first = openAttachments({ dataDir });
    const { id } = await first.chats.create();
    const sent = await first.upload('a.txt', 'one', id);
    first.chats.conversations.addTurn({
      conversationId: id,
      parentId: null,
      text: 'Read it',
      attachments: [sent],
      model: null,
    });
    const waits = await first.upload('b.txt', 'two', id);
    await first.close();
    const second = openAttachments({ dataDir });
    expect((await second.chats.messages(id)).messages[0]?.attachments).toEqual([sent]);
    expect(await second.waiting(id)).toEqual([waits]);
    expect(await second.text(sent.id)).toMatchObject({ text: 'one' });
  });

  it('whose stored text was damaged is shown as it is, marked', async () => {
    const { upload, text, chats } = openAttachments();
    const added = await upload('a.txt', 'one');
    chats.storage.connection().run('UPDATE attachments SET text = ? WHERE id = ?', 'oye', added.id);
    expect(await text(added.id)).toMatchObject({ text: 'oye', damaged: true });
  });
});

describe('what cannot be read', () => {
  it('is refused in words: folders, pipes, vast files, missing ones', async () => {
    const { addPath, api, waiting } = openAttachments();
    const folder = tempFolder();
    mkdirSync(join(folder, 'inner'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(join(folder, 'vast.txt'), '');
    truncateSync(join(folder, 'vast.txt'), 200_000_000);
    for (const [name, words] of [
      ['inner', 'This is a folder'],
      ['pipe', 'no ordinary file'],
      ['vast.txt', 'It has 200 MB; files up to 50 MB are read'],
      ['nothing.txt', 'no such file'],
    ] as const)
      expect(await reasonOf(addPath(join(folder, name))), name).toContain(words);
    expect(() => api.begin({ name: 'vast.txt', size: 200_000_000 }, uncancelled)).toThrow(/It has 200 MB/);
    expect(await waiting(null)).toEqual([]);
  });

  it('costs a process of its own at most: after a bomb the next file is read', async () => {
    const { upload } = openAttachments();
    const bomb = makePdfBomb(1_900_000_000);
    expect(bomb.length).toBeLessThan(5_000_000);
    expect(await reasonOf(upload('bomb.pdf', bomb))).toMatch(/more memory|too long|damaged|no text|pictures/);
    expect(await upload('after.docx', makeDocx(paragraph('All is well.')))).toMatchObject({ kind: 'docx' });
  }, 120_000);

  it('because its reader was killed is told so, and the next file is read', async () => {
    const { upload, api, children } = openAttachments();
    const { uploadId } = await api.begin({ name: 'a.txt', size: 10 }, uncancelled);
    const push = (at: number) => api.push({ uploadId, at, data: 'aGVsbG8=' }, uncancelled);
    await push(0);
    await children.killAll();
    await expect(push(5)).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('was given up'),
    });
    expect(await upload('b.txt', 'two')).toMatchObject({ kind: 'text' });
  });

  it('because it did not arrive whole is told so', async () => {
    const { api, addPath } = openAttachments();
    const { uploadId } = await api.begin({ name: 'a.txt', size: 10 }, uncancelled);
    await api.push({ uploadId, at: 0, data: Buffer.from('12345').toString('base64') }, uncancelled);
    const events = api.add({ conversationId: null, from: { type: 'upload', uploadId } }, uncancelled);
    await expect(events[Symbol.asyncIterator]().next()).rejects.toThrow(/changed while it was read/);
    const aborted = new AbortController();
    aborted.abort();
    await expect(addPath(join(tempFolder(), 'a'), null, aborted.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { insertAttachment } from '../../../electron/services/attachments/attachmentRows.ts';
import { writeChatSettings } from '../../../electron/services/conversations/settingsRows.ts';
import { model } from '../conversations/openChats.ts';
import { chatGpt } from './foreignExports.ts';
import { openArchive } from './openArchive.ts';

/** Numbers that look random and are the same each time. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
}

const words = [
  'ink',
  '"',
  '\\',
  '\n',
  '\u2028',
  'é',
  '😀',
  '\ud800',
  '<b>',
  '\0',
  '```',
  '{}',
  ',',
  '中文',
  ' ',
];

/** Fills chats with branches, marks, ratings and every kind of state. */
async function grow(app: ReturnType<typeof openArchive>, seed: number) {
  const next = random(seed);
  const text = () => Array.from({ length: 1 + next(12) }, () => words[next(words.length)]).join('');
  const { chats } = app;
  const { id } = await chats.create(next(2) ? undefined : `Chat ${text()}`.slice(0, 80));
  const answers: string[] = [];
  const db = chats.storage.connection();
  if (next(2))
    writeChatSettings(db, id, { instructions: text(), variables: { a: text() }, sampling: { topK: 3 } });
  const read = {
    kind: 'text',
    text: text(),
    size: 7,
    sha256: 'x',
    remark: null,
    pages: next(2) ? [0, 1] : null,
  } as const;
  const file = insertAttachment(
    db,
    id,
    `${text()}.txt`,
    { ...read, pages: read.pages && [...read.pages] },
    5,
  );
  for (let n = 0; n < 1 + next(8); n++) {
    const parent = answers.length > 0 && next(3) > 0 ? answers[next(answers.length)] : undefined;
    const files = n === 1 ? { attachments: [file] } : {};
    const asked = { conversationId: id, parentId: parent, text: `q ${text()}`, model, ...files };
    const { answer } = chats.conversations.addTurn(asked);
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ text: text(), thought: next(2) ? text() : '' });
    const error = { code: 'internal', message: text(), details: { a: [1, { b: null }] } } as const;
    if (next(4) === 0)
      writer.finish({ state: 'failed', endReason: null, stats: null, error, leftOut: next(3), cut: null });
    else
      writer.finish({
        state: 'done',
        endReason: 'complete',
        stats: {
          timeToFirstTokenMs: next(1000) / 7,
          promptTokens: next(100),
          cachedTokens: 0,
          promptTokensPerSecond: null,
          generatedTokens: 4,
          generationTokensPerSecond: 1 / 3,
          contextUsed: 5,
          contextSize: 4096,
          threads: 2,
          thought: null,
        },
        error: null,
        leftOut: 0,
        cut: null,
      });
    answers.push(answer.id);
    if (next(3) === 0) await chats.rate(id, answer.id, next(2) ? 'good' : 'bad');
  }
  await chats.mark(id, {
    pinned: next(2) === 0,
    archived: next(3) === 0,
    tags: next(2) ? ['work', 'two words'] : [],
  });
  if (next(4) === 0)
    chats.storage.connection().run("UPDATE messages SET text = text || '!' WHERE id = ?", answers[0] ?? '');
  return id;
}

describe('a chat in a file', () => {
  it.each(Array.from({ length: 12 }, (_, n) => n + 1))(
    'is the same, byte for byte, after a way through an empty database (seed %i)',
    async (seed) => {
      const app = openArchive();
      const id = await grow(app, seed);
      const { path } = await app.export({ what: 'chat', id, format: 'json' }, 'a.json');
      const other = openArchive();
      expect(await other.import(path)).toMatchObject({ chats: 1, left: [], failed: { count: 0 } });
      const again = await other.export({ what: 'chat', id, format: 'json' }, 'b.json');
      expect(readFileSync(again.path, 'utf8')).toBe(readFileSync(path, 'utf8'));
      expect(await other.import(path)).toMatchObject({ chats: 0, known: 1 });
    },
  );

  it('keeps where it was imported from, so that it comes only once', async () => {
    const app = openArchive();
    const foreign = app.write({ 'conversations.json': JSON.stringify([chatGpt()]) });
    await app.import(foreign);
    const [chat] = (await app.chats.list()).conversations;
    const { path } = await app.export({ what: 'chat', id: chat?.id ?? '', format: 'json' }, 'a.json');
    const other = openArchive();
    await other.import(path);
    expect(await other.import(foreign)).toMatchObject({ chats: 0, known: 1 });
  });

  it('comes with new names where a message of another chat has them', async () => {
    const app = openArchive();
    const id = await grow(app, 5);
    const { path } = await app.export({ what: 'chat', id, format: 'json' }, 'a.json');
    const copy = readFileSync(path, 'utf8').replaceAll(`"id":"${id}"`, '"id":"another"');
    const before = (await app.chats.messages(id)).messages;
    expect(await app.import(app.write({ 'copy.json': copy }))).toMatchObject({ chats: 1 });
    const after = (await app.chats.messages('another')).messages;
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    expect(after[0]?.id).not.toBe(before[0]?.id);
  });

  it('names fields that this Inkling does not know, and reads the rest', async () => {
    const app = openArchive();
    const id = await grow(app, 3);
    const { path } = await app.export({ what: 'chat', id, format: 'json' }, 'a.json');
    const file = JSON.parse(readFileSync(path, 'utf8'));
    file.chat.mood = 'calm';
    delete file.messages[0].rating;
    for (const message of file.messages) message.colour = 'blue';
    const other = openArchive();
    const report = await other.import(other.write({ 'a.json': JSON.stringify(file) }));
    expect(report).toMatchObject({ chats: 1, failed: { count: 0 } });
    expect(report.left).toContainEqual({ what: 'fields that this Inkling does not know (mood)', count: 1 });
    expect(report.left).toContainEqual({
      what: 'fields that this Inkling does not know (colour)',
      count: file.messages.length,
    });
  });

  it('is left as it is by an export that fails, is stopped, or finds a file there', async () => {
    const app = openArchive();
    const id = await grow(app, 4);
    const wish = { what: 'chat', id, format: 'json' } as const;
    const path = app.write({ 'there.json': 'mine' });
    await expect(app.export(wish, 'there.json')).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    await app.export(wish, 'there.json', true);
    expect(readFileSync(path, 'utf8')).toContain('inkling-chat');
    await expect(app.export(wish, 'no/such/folder.json')).rejects.toMatchObject({ code: 'not_found' });
    await expect(app.export({ ...wish, id: 'nothing' }, 'x.json')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('the whole archive', () => {
  it('holds every chat and the settings, and fills an empty Inkling with the same', async () => {
    const app = openArchive();
    const ids: string[] = [];
    for (let seed = 20; seed < 32; seed++) ids.push(await grow(app, seed));
    const written = await app.export({ what: 'everything' }, 'all.zip');
    expect(written).toMatchObject({ chats: 12, lines: null });
    const other = openArchive();
    const report = await other.import(join(app.folder, 'all.zip'));
    expect(report).toMatchObject({ chats: 12, known: 0, failed: { count: 0 }, ignored: 2, left: [] });
    for (const id of ids) {
      const a = await app.export({ what: 'chat', id, format: 'json' }, `${id}.json`);
      const b = await other.export({ what: 'chat', id, format: 'json' }, `${id}.json`);
      expect(readFileSync(b.path, 'utf8')).toBe(readFileSync(a.path, 'utf8'));
    }
    expect(await other.import(join(app.folder, 'all.zip'))).toMatchObject({ chats: 0, known: 12 });
  });
});

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, type NotesFolder, type OpenNotes, openNotes } from '../notesFolder.ts';

const texts = ['The walrus sleeps.', 'A pinniped naps.', 'Taxes are due.', 'The stove draws well.'];
let folder: NotesFolder;
let open: OpenNotes;

beforeEach(async () => {
  folder = makeFolder(Object.fromEntries(texts.map((text, at) => [`n${at}.md`, text])));
  open = await openNotes(folder);
});
afterEach(async () => {
  await open.close();
  folder.remove();
});

/** Vectors of this many numbers: the nearest to a question is the text of its number. */
const encode = (width: number, at: number) =>
  Buffer.from(Float32Array.from({ length: width }, (_, n) => (n === at ? 1 : 0.01)).buffer).toString(
    'base64',
  );
const choose = (name: string | null) => open.api.setEmbedder({ name });
/** Computes up to so many vectors of the chosen model; tells how many it did. */
async function learn(width: number, limit = 100): Promise<number> {
  const { passages } = await open.api.pending({ limit });
  if (passages.length > 0)
    await open.api.addVectors({
      vectors: passages.map(({ hash, text }) => ({ hash, vector: encode(width, texts.indexOf(text)) })),
    });
  return passages.length;
}
/** The note that is the nearest to a text by an embedder's vectors; null where they do not answer. */
async function nearest(embedder: string, width: number, at: number): Promise<string | null> {
  const vector = { embedder, values: encode(width, at) };
  const { passages } = await open.api.find({ question: 'zebra', vector });
  return passages.find(({ reason }) => reason.meaning === 1)?.path ?? null;
}
const answering = (name: string | null, embedded?: number) =>
  open.until(
    (state) => state.answering === name && state.index.embedded === (embedded ?? state.index.embedded),
    `${name} answers`,
  );
/** How many vectors of each model are on the disk; nobody else may have it open. */
async function stored(): Promise<Record<string, number>> {
  await open.close();
  const db = new DatabaseSync(join(folder.data, 'notes-vectors.sqlite'), { readOnly: true });
  try {
    const rows = db.prepare('SELECT embedder, COUNT(*) AS n FROM vectors GROUP BY embedder').all();
    return Object.fromEntries(rows.map(({ embedder, n }) => [String(embedder), Number(n)]));
  } finally {
    db.close();
    open = await openNotes(folder);
  }
}
/** Ends the process of notes and begins another one on the same data. */
async function restart(): Promise<void> {
  await open.close();
  open = await openNotes(folder);
}

describe('when another embedding model is chosen', () => {
  beforeEach(async () => {
    await choose('a');
    expect(await learn(4)).toBe(4);
    await answering('a');
  });

  it('the one before answers until the new one knows every passage; then its vectors are removed', async () => {
    await choose('b');
    await learn(8, 3);
    expect((await answering('a', 3)).index).toMatchObject({ phase: 'embedding', done: 3, total: 4 });
    expect(await nearest('a', 4, 1)).toBe('n1.md');
    expect(await nearest('b', 8, 1)).toBeNull();
    await learn(8);
    expect((await answering('b', 4)).index.phase).toBe('ready');
    expect(await nearest('b', 8, 2)).toBe('n2.md');
    expect(await nearest('a', 4, 2)).toBeNull();
    expect(await stored()).toEqual({ b: 4 });
  });

  it('a new note is found by its words alone until then', async () => {
    await choose('b');
    await learn(8, 2);
    folder.write('new.md', 'A zebra grazes.');
    await open.settled();
    expect(await nearest('a', 4, 3)).toBe('n3.md');
    const { passages } = await open.api.find({ question: 'zebra', vector: null });
    expect(passages.map(({ path }) => path)).toEqual(['new.md']);
    await learn(8);
    await answering('b');
  });

  it('and the first one again, nothing is computed twice', async () => {
    await choose('b');
    await learn(8, 3);
    await choose('a');
    expect((await answering('a', 4)).index.phase).toBe('ready');
    expect(await learn(4)).toBe(0);
    expect(await nearest('a', 4, 0)).toBe('n0.md');
    expect(await stored()).toEqual({ a: 4 });
  });

  it('and then a third one, the first still answers, and the second is forgotten', async () => {
    await choose('b');
    await learn(8, 2);
    await choose('c');
    await learn(2, 1);
    await answering('a');
    expect(await nearest('a', 4, 3)).toBe('n3.md');
    expect(await stored()).toEqual({ a: 4, c: 1 });
    await choose('c');
    await learn(2);
    await answering('c');
    expect(await stored()).toEqual({ c: 4 });
  });

  it('a restart in the middle goes on where it was, with the same model answering', async () => {
    await choose('b');
    await learn(8, 3);
    await restart();
    await choose('b');
    await answering('a');
    expect(await nearest('a', 4, 1)).toBe('n1.md');
    expect(await learn(8)).toBe(1);
    await answering('b');
  });

  it('a new one that knows as much as the unfinished one before it answers already', async () => {
    await restart();
    folder.write('more.md', '# One\nfirst words\n\n# Two\nsecond words\n\n# Three\nthird words\n');
    await open.settled();
    await choose('b');
    await learn(8, 3);
    await answering('a');
    await learn(8, 1);
    expect((await answering('b', 4)).index).toMatchObject({ phase: 'embedding', total: 7 });
  });

  it('by words alone keeps what was computed', async () => {
    await choose(null);
    await answering(null);
    expect(await nearest('a', 4, 1)).toBeNull();
    await choose('a');
    await answering('a');
    expect(await learn(4)).toBe(0);
    expect(await nearest('a', 4, 1)).toBe('n1.md');
  });
});

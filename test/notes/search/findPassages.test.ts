import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFolder, type NotesFolder, type OpenNotes, openNotes } from '../notesFolder.ts';
import { plantNotes } from '../plantedNotes.ts';

let folder: NotesFolder;
let open: OpenNotes;
afterEach(async () => {
  await open.close();
  folder.remove();
});

const begin = async (files: Readonly<Record<string, string>>) => {
  folder = makeFolder(files);
  open = await openNotes(folder);
};
const ask = async (question: string, options: Partial<Parameters<OpenNotes['api']['find']>[0]> = {}) =>
  (await open.api.find({ question, ...options })).passages;
const paths = (passages: readonly { path: string }[]) => passages.map(({ path }) => path);

describe('the passages for a question', () => {
  it('hold the planted fact among the first three in 85 of 100 cases, by words alone', async () => {
    const { notes, questions } = plantNotes();
    await begin(Object.fromEntries(notes));
    const missed: string[] = [];
    for (const { question, sentence } of questions) {
      const found = await ask(question, { limit: 3 });
      if (!found.some(({ text }) => text.includes(sentence))) missed.push(question);
    }
    expect(questions).toHaveLength(100);
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(15);
  }, 60_000);

  it('are those with the rare words of the question in one sentence, in whatever form', async () => {
    await begin({
      'a.md': 'The boiler was serviced. The code is on the door. Anna repaired a chair.',
      'b.md': '# Cabin\nThe boiler code is 4711.\n\nSomething else about code reviews.',
      'c.md': 'Code, code and code again: nothing about heating.',
    });
    const [first] = await ask('What is the code of the boiler in the cabin?');
    expect(first).toMatchObject({ path: 'b.md', title: 'Cabin', heading: 'Cabin' });
    expect(first?.reason).toMatchObject({ words: 1, meaning: null, linked: false });
    expect([...(first?.reason.matched ?? [])].sort()).toEqual(['boiler', 'cabin', 'code']);
    expect(paths(await ask('Who repairs chairs?'))).toEqual(['a.md']);
  });

  it('have offsets into the text as it is read', async () => {
    await begin({
      'a.md': '\ufeff---\r\ntags: x\r\n---\r\n# Über 🦊\r\n\r\nThe fox 🦊 sleeps in the barn.\r\n',
    });
    const { text } = await open.api.read({ note: { folderId: 'one', path: 'a.md' } });
    const [found] = await ask('Where does the fox sleep?');
    expect(text.slice(found?.start, found?.end)).toBe('The fox 🦊 sleeps in the barn.');
    expect(found?.text).toBe('The fox 🦊 sleeps in the barn.');
  });

  it('are found in several languages, with and without accents, and where no spaces stand between words', async () => {
    await begin({
      'de.md': 'Der Schlüssel für den Schuppen hängt neben der Kellertür.',
      'fr.md': 'La clé du grenier est chez la voisine, Hélène.',
      'ja.md': '山田さんは東京都に住んでいます。図書館の電話番号は042です。',
      'zh.md': '会议在星期五下午三点开始。',
      'ko.md': '회의는 서울에서 열립니다.',
      'th.md': 'ประชุมที่กรุงเทพวันศุกร์',
      'ru.md': 'Ключ от сарая лежит на полке.',
      'ar.md': 'المفتاح في الصندوق الأزرق',
    });
    expect(paths(await ask('Wo ist der Schluessel? Wo hängt der Schlüssel zum Schuppen?'))[0]).toBe('de.md');
    expect(paths(await ask('wo hangt der schlussel'))[0]).toBe('de.md');
    expect(paths(await ask('Où est la cle du grenier ?'))[0]).toBe('fr.md');
    expect(paths(await ask('図書館の電話番号は何ですか'))[0]).toBe('ja.md');
    expect(paths(await ask('会议什么时候开始？'))[0]).toBe('zh.md');
    expect(paths(await ask('서울에서 무엇이 열립니까?'))[0]).toBe('ko.md');
    expect(paths(await ask('กรุงเทพ'))[0]).toBe('th.md');
    expect(paths(await ask('Где лежит ключ?'))[0]).toBe('ru.md');
    expect(paths(await ask('أين المفتاح؟'))[0]).toBe('ar.md');
  });

  it('come from the scope alone: folders, tags with those inside them, notes', async () => {
    await begin({
      'Work/a.md': 'the walrus #zoo/sea',
      'Work%x/b.md': 'the walrus',
      'Home/c.md': 'the walrus #zoo',
      'Workshop/d.md': 'the walrus #zoology',
    });
    const within = async (scope: object) => paths(await ask('walrus', { scope })).sort();
    expect(await within({})).toHaveLength(4);
    expect(await within({ folders: [{ folderId: 'one', prefix: 'Work' }] })).toEqual(['Work/a.md']);
    expect(await within({ folders: [{ folderId: 'one', prefix: 'Work%x/' }] })).toEqual(['Work%x/b.md']);
    expect(await within({ folders: [{ folderId: 'two', prefix: '' }] })).toEqual([]);
    expect(await within({ tags: ['#Zoo'] })).toEqual(['Home/c.md', 'Work/a.md']);
    expect(await within({ notes: [{ folderId: 'one', path: 'Home/c.md' }] })).toEqual(['Home/c.md']);
  });

  it('are none for a question that is made of small words, or of words nobody wrote', async () => {
    await begin({ 'a.md': 'The walrus sleeps.' });
    expect(await ask('Hippopotamus?')).toEqual([]);
    expect(await ask('???')).toEqual([]);
    expect(await ask('" OR NEAR(* text:')).toEqual([]);
    expect(await ask(`${'walrus '.repeat(2800)}`)).toHaveLength(1);
  });

  it('with a vector are ranked by meaning too, and both ranks are told', async () => {
    await begin({ 'a.md': 'The walrus sleeps.', 'b.md': 'A pinniped naps.', 'c.md': 'Taxes are due.' });
    const vectors: Record<string, readonly number[]> = {
      'The walrus sleeps.': [1, 0.2, 0],
      'A pinniped naps.': [1, 0.1, 0],
      'Taxes are due.': [0, 0, 5],
    };
    const encode = (values: readonly number[]) =>
      Buffer.from(new Float32Array(values).buffer).toString('base64');
    expect((await open.api.pending({ limit: 5 })).passages).toEqual([]);
    await open.api.setEmbedder({ name: 'model-a' });
    const pending = await open.api.pending({ limit: 5 });
    expect(pending.left).toBe(3);
    await open.api.addVectors({
      vectors: pending.passages.map(({ hash, text }) => ({ hash, vector: encode(vectors[text] ?? []) })),
    });
    expect((await open.api.pending({ limit: 5 })).left).toBe(0);
    const found = await ask('Where does the walrus rest?', {
      vector: { embedder: 'model-a', values: encode([1, 0, 0]) },
    });
    expect(paths(found)).toEqual(['a.md', 'b.md', 'c.md']);
    expect(found[0]?.reason).toMatchObject({ words: 1, meaning: 2 });
    expect(found[1]?.reason).toMatchObject({ words: null, meaning: 1, matched: [] });
    await expect(
      open.api.addVectors({ vectors: [{ hash: pending.passages[0]?.hash ?? '', vector: encode([1]) }] }),
    ).rejects.toMatchObject({ code: 'bad_input' });
    await open.api.setEmbedder({ name: 'model-b' });
    expect((await open.api.pending({ limit: 5 })).left).toBe(3);
    await open.api.setEmbedder({ name: null });
    await open.until(({ index }) => index.embedded === null, 'no embedder');
  });

  it('of two equal ones, prefer what is linked with another found note, and what was changed lately', async () => {
    await begin({
      'a.md': 'The walrus naps.',
      'b.md': 'The walrus naps.',
      'hub.md': 'The walrus lives, see [[b]].',
      'zoo/c.md': 'A heron naps.',
      'zoo/d.md': 'A heron naps.',
    });
    const linked = (await ask('Where does the walrus nap?')).filter(({ path }) => path !== 'hub.md');
    expect(paths(linked)).toEqual(['b.md', 'a.md']);
    const lastYear = new Date(Date.now() - 365 * 24 * 60 * 60_000);
    utimesSync(join(folder.notes, 'zoo/c.md'), lastYear, lastYear);
    await open.api.compare(null);
    const recent = await ask('Where does the heron nap?');
    expect(recent.map(({ path, reason }) => [path, reason.recent])).toEqual([
      ['zoo/d.md', true],
      ['zoo/c.md', false],
    ]);
  });

  it('tell when found notes are linked', async () => {
    await begin({ 'a.md': 'The walrus, see [[b]].', 'b.md': 'A walrus too.', 'c.md': 'A walrus as well.' });
    const found = await ask('walrus');
    expect(Object.fromEntries(found.map(({ path, reason }) => [path, reason.linked]))).toEqual({
      'a.md': true,
      'b.md': true,
      'c.md': false,
    });
  });
});

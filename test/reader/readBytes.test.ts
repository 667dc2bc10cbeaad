import { describe, expect, it } from 'vitest';
import { readBytes } from '../../electron/reader/readBytes.ts';
import { item, makeDocx, paragraph, table, wordPart, zip } from './makeDocx.ts';
import { makeLockedPdf, makePdf } from './makePdf.ts';

const read = (name: string, bytes: Buffer | string, onProgress = () => {}) =>
  readBytes(name, Buffer.from(bytes as string), onProgress);
const reasonOf = (name: string, bytes: Buffer | string) =>
  read(name, bytes).then(
    ({ text }) => `read: ${text.slice(0, 40)}`,
    ({ message }: Error) => message,
  );

describe('text', () => {
  it('is told apart by the ending of its name', async () => {
    for (const [name, kind] of [
      ['a.md', 'markdown'],
      ['a.py', 'code'],
      ['Makefile', 'code'],
      ['a.CSV', 'csv'],
      ['a.log', 'text'],
      ['a', 'text'],
    ])
      expect(await read(name as string, 'one'), name).toMatchObject({ kind, text: 'one', pages: null });
  });

  it('is read in UTF-8 and UTF-16, with a mark or without, its lines ended alike', async () => {
    const text = 'Grüße aus Köln,\nand more.';
    const lines = text.replace('\n', '\r\n');
    const wide = Buffer.from(lines, 'utf16le');
    const other = Buffer.from(wide).swap16();
    for (const bytes of [
      Buffer.from(lines),
      Buffer.from(`\uFEFF${lines}`),
      wide,
      other,
      Buffer.concat([Buffer.from([0xff, 0xfe]), wide]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), other]),
    ])
      expect(await read('a.txt', bytes)).toMatchObject({ text, remark: null });
  });

  it('in an old encoding is read with a remark', async () => {
    const { text, remark } = await read('a.txt', Buffer.from('caf\xe9 \x80 5', 'latin1'));
    expect(text).toBe('café € 5');
    expect(remark).toContain('not stored as UTF-8');
  });

  it('loses characters that control terminals, and is no text if it is full of them', async () => {
    expect((await read('a.log', '\u001b[31mred\u001b[0m alert')).text).toBe('[31mred[0m alert');
    expect(await reasonOf('a.txt', 'ab\u0001\u0002\u0003\u0004\u0005'.repeat(20))).toContain('It is no text');
  });
});

describe('a Word document', () => {
  it('is read as Markdown: headings, lists, tables and footnotes', async () => {
    const styles = wordPart(
      'styles',
      '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>',
    );
    const notes = wordPart('footnotes', `<w:footnote>${paragraph('A note below.')}</w:footnote>`);
    const body = [
      paragraph('Boats', 'Heading1'),
      paragraph('An anchor weighs 12 kg & more.'),
      paragraph('Sails', 'berschrift2'),
      item('main'),
      item('jib'),
      table(['name', 'price'], ['rope | thin', '3']),
    ].join('');
    const { kind, text } = await read(
      'a.docx',
      makeDocx(body, { 'word/styles.xml': styles, 'word/footnotes.xml': notes }),
    );
    expect(kind).toBe('docx');
    expect(text).toBe(
      '# Boats\n\nAn anchor weighs 12 kg & more.\n\n## Sails\n\n- main\n- jib\n\n| name | price |\n| --- | --- |\n| rope \\| thin | 3 |\n\nA note below.',
    );
  });

  it('says nothing twice and nothing that was deleted', async () => {
    const text = (words: string) => `<w:r><w:t>${words}</w:t></w:r>`;
    const body = `<w:p>${text('kept ')}<w:del>${text('deleted ')}</w:del><w:r><w:instrText>PAGE</w:instrText></w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice>${text('once')}</mc:Choice><mc:Fallback>${text('once')}</mc:Fallback></mc:AlternateContent></w:p>`;
    expect((await read('a.docx', makeDocx(body))).text).toBe('kept once');
  });
});

describe('a PDF', () => {
  it('is read page by page, with paragraphs, progress and the place of each page', async () => {
    const seen: string[] = [];
    const bytes = makePdf([['The first line', 'goes on here.', '', 'A new paragraph.'], ['Page two.']]);
    const { kind, text, pages, remark } = await readBytes('a.pdf', bytes, (done, total) =>
      seen.push(`${done}/${total}`),
    );
    expect({ kind, remark }).toEqual({ kind: 'pdf', remark: null });
    expect(text).toBe('The first line\ngoes on here.\n\nA new paragraph.\n\nPage two.');
    expect(pages?.map((at) => text.slice(at, at + 4))).toEqual(['The ', 'Page']);
    expect(seen).toEqual(['1/2', '2/2']);
  });

  it('is read whatever its name says, packed or not', async () => {
    expect(await read('a.txt', makePdf([['Hello there.']], { compress: true }))).toMatchObject({
      kind: 'pdf',
      text: 'Hello there.',
    });
  });

  it('with some pages of pictures is read with a remark, with nothing else refused', async () => {
    const some = await read('a.pdf', makePdf([['Words.'], 'picture', 'picture']));
    expect(some.text.trim()).toBe('Words.');
    expect(some.remark).toContain('2 of 3 pages have no text');
    expect(await reasonOf('a.pdf', makePdf(['picture', 'picture']))).toContain('pictures of text only');
  });

  it('that is locked or broken is refused in words', async () => {
    expect(await reasonOf('a.pdf', makeLockedPdf())).toContain('locked by a password');
    expect(await reasonOf('a.pdf', '%PDF-1.7 and nonsense')).toContain('This PDF is damaged');
  });
});

describe('what is none of these', () => {
  it('is refused with what it is and what to do', async () => {
    const office = (mark: string) =>
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from(mark, 'utf16le')]);
    for (const [name, bytes, words] of [
      ['a.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), 'a picture'],
      ['a.exe', Buffer.from('MZ\x90\0\x03\0', 'latin1'), 'a program'],
      ['a.rtf', '{\\rtf1 hello}', 'rich text'],
      ['a.doc', office('WordDocument'), 'an old Office version'],
      ['a.docx', office('EncryptedPackage'), 'locked by a password'],
      ['a.xlsx', zip({ 'xl/workbook.xml': '<x/>' }), 'Save it as CSV'],
      ['a.pptx', zip({ 'ppt/presentation.xml': '<x/>' }), 'Save it as PDF'],
      ['a.odt', zip({ mimetype: 'x' }), 'Save it as DOCX or PDF'],
      ['a.zip', zip({ 'a.txt': 'x' }), 'Unpack it'],
      ['a.docx', 'just text', 'not what its name says'],
      ['a.bin', Buffer.from([1, 2, 3, 0, 0, 9, 200, 0, 7, 7, 0, 1]), 'It is no text'],
      ['a.txt', '', 'The file is empty'],
      ['a.txt', ' \n\n ', 'no text in it'],
    ] as const)
      expect(await reasonOf(name, bytes as Buffer), name).toContain(words);
  });

  it('is read where its words only begin like a picture, a program or an archive', async () => {
    for (const words of ['MZ is the mark of a program', 'BZh', 'GIF8 is a picture', 'ID3 tags'])
      expect((await read('a.txt', words)).text).toBe(words);
  });
});

describe('a trap', () => {
  it('in a Word document is refused in words', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
    const entities = zip({ 'word/document.xml': `<?xml version="1.0"?>${bomb}<x>&b;</x>` });
    expect(await reasonOf('a.docx', entities)).toContain('defines entities');
    const deep = makeDocx('<w:sdt>'.repeat(5000) + '</w:sdt>'.repeat(5000));
    expect(await reasonOf('a.docx', deep)).toContain('nested deeper');
    const vast = makeDocx(paragraph('a'.repeat(140_000_000)));
    expect(vast.length).toBeLessThan(1_000_000);
    expect(await reasonOf('a.docx', vast)).toContain('unpack to far more');
    // It lies about its size.
    const lying = Buffer.from(vast);
    const at = lying.lastIndexOf(Buffer.from('504b0102', 'hex'));
    lying.writeUInt32LE(1000, at + 24);
    expect(await reasonOf('a.docx', lying)).toContain('damaged');
    expect(await reasonOf('a.docx', makeDocx(paragraph('word '.repeat(1_100_000))))).toContain(
      'more than 5 million characters',
    );
  });
});

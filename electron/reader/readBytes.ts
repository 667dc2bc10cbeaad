import { createHash } from 'node:crypto';
import type { Extracted } from './contract.ts';
import { decodeText } from './decodeText.ts';
import { readDocx } from './docx/readDocx.ts';
import { checkLength, refused } from './limits.ts';
import { sniff } from './sniff.ts';
import { textKind } from './textKind.ts';

type Content = Pick<Extracted, 'kind' | 'text' | 'pages' | 'remark'>;

/** Reads a file by what it is, not by what its name says. Fails with `bad_input` and the reason in plain words. */
export async function readBytes(
  name: string,
  bytes: Buffer,
  onProgress: (done: number, total: number) => void,
): Promise<Extracted> {
  if (bytes.length === 0) throw refused('The file is empty.');
  const content = await readContent(name, bytes, onProgress);
  checkLength(content.text.length);
  if (content.text.trim() === '') throw refused('There is no text in it.');
  return { ...content, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function readContent(
  name: string,
  bytes: Buffer,
  onProgress: (done: number, total: number) => void,
): Promise<Content> {
  const found = sniff(bytes);
  switch (found.type) {
    case 'pdf': {
      // It is large, and most files are none.
      const { readPdf } = await import('./pdf/readPdf.ts');
      return { kind: 'pdf', ...(await readPdf(bytes, onProgress)) };
    }
    case 'zip':
      return { kind: 'docx', pages: null, ...readDocx(bytes) };
    case 'other':
      throw refused(otherWords(found.words));
    case 'text': {
      if (/\.(pdf|docx)$/i.test(name))
        throw refused('It is not what its name says, or its beginning is lost. Save or download it again.');
      const { text, remark } = decodeText(bytes);
      return { kind: textKind(name), text, pages: null, remark };
    }
  }
}

function otherWords(words: string): string {
  if (words === 'locked') return 'It is locked by a password. Save a copy without one and attach that.';
  const way = /document|rich text/.test(words)
    ? ' Save it as DOCX, PDF or plain text and attach that.'
    : ' Text, Markdown, code, CSV, PDF and DOCX can be attached.';
  return `It looks like ${words}, which Inkling cannot read.${way}`;
}

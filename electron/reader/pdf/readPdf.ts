import { plainText } from '../decodeText.ts';
import { checkLength, limits, refused } from '../limits.ts';
import { type Piece, pageText } from './pageText.ts';
import { openPdf } from './pdfjs.ts';

const picturesOnly =
  'This PDF has pictures of text only, as a scanner makes them, and Inkling cannot read pictures. Run it through a program that recognizes text (OCR) and attach the result.';

/** Reads the text of a PDF, page by page. */
export async function readPdf(
  bytes: Buffer,
  onProgress: (done: number, total: number) => void,
): Promise<{ text: string; pages: number[]; remark: string | null }> {
  const pdf = await openPdf(bytes).catch((error: unknown) => {
    throw unreadable(error);
  });
  const total = pdf.numPages;
  if (total > limits.pages)
    throw refused(`It has ${total} pages; PDFs up to ${limits.pages} pages are read. Attach a part of it.`);
  let text = '';
  const pages: number[] = [];
  let silent = 0;
  let broken = 0;
  for (let number = 1; number <= total; number++) {
    const page = await readPage(pdf, number);
    if (page === null) broken++;
    else if (page.trim() === '') silent++;
    text += number === 1 ? '' : '\n\n';
    pages.push(text.length);
    text += page ?? '';
    checkLength(text.length);
    onProgress(number, total);
  }
  await pdf.destroy();
  if (broken === total) throw unreadable(null);
  if (silent + broken === total) throw refused(picturesOnly);
  const remarks = [
    silent > 0 ? silentWords(silent, total) : '',
    broken > 0 ? brokenWords(broken, total) : '',
  ];
  return { text, pages, remark: remarks.filter((words) => words !== '').join(' ') || null };
}

/** The text of a page; null where it is damaged. */
async function readPage(pdf: Awaited<ReturnType<typeof openPdf>>, number: number): Promise<string | null> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: false });
    const pieces: Piece[] = [];
    for (const item of items) {
      if (!('str' in item)) continue;
      const [, , , , x, y] = item.transform as number[];
      pieces.push({
        text: item.str,
        x: x ?? 0,
        y: y ?? 0,
        width: item.width,
        height: item.height,
        ends: item.hasEOL,
      });
    }
    page.cleanup();
    return plainText(pageText(pieces));
  } catch {
    return null;
  }
}

function silentWords(silent: number, total: number): string {
  return silent === 1
    ? `1 of ${total} pages has no text (it is empty or a picture), so nothing of it was read.`
    : `${silent} of ${total} pages have no text (they are empty or pictures), so nothing of them was read.`;
}

const brokenWords = (broken: number, total: number) =>
  `${broken} of ${total} pages ${broken === 1 ? 'is' : 'are'} damaged and could not be read.`;

function unreadable(error: unknown): unknown {
  return (error as { name?: unknown } | null)?.name === 'PasswordException'
    ? refused('This PDF is locked by a password. Save a copy without one and attach that.')
    : refused('This PDF is damaged: it cannot be opened. Save or download it again.');
}

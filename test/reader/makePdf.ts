import { deflateSync } from 'node:zlib';

/** One page of a {@link makePdf}: its lines; an empty one parts paragraphs. `picture`: the page is a scan without text. */
export type PdfPage = readonly string[] | 'picture';

const escaped = (text: string) => text.replace(/[\\()]/g, '\\$&');

function contentOf(page: PdfPage): string {
  if (page === 'picture') return 'q 200 0 0 200 0 0 cm /Im1 Do Q';
  let y = 760;
  const shown = page.map((line) => {
    y -= 14;
    return line === '' ? '' : `1 0 0 1 72 ${y} Tm (${escaped(line)}) Tj`;
  });
  return `BT /F1 12 Tf ${shown.join(' ')} ET`;
}

/** Writes a PDF by hand, as small ones are. `extra` are entries of the trailer and objects of one's own. */
export function makePdf(
  pages: readonly PdfPage[],
  options: {
    readonly compress?: boolean;
    readonly trailer?: string;
    readonly objects?: readonly string[];
  } = {},
): Buffer {
  const first = 5;
  const kids = pages.map((_, at) => `${first + at * 2} 0 R`).join(' ');
  const picture =
    '<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>';
  const objects: (string | Buffer)[] = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `${picture}stream\n0\nendstream`,
    ...pages.flatMap((page, at) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${first + at * 2 + 1} 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</Im1 4 0 R>>>>>>`,
      stream(Buffer.from(contentOf(page), 'latin1'), options.compress ?? false),
    ]),
    ...(options.objects ?? []),
  ];
  return assemble(objects, options.trailer ?? '');
}

/** A stream object, packed or not. */
export function stream(content: Buffer, compress: boolean): Buffer {
  const data = compress ? deflateSync(content) : content;
  const head = `<</Length ${data.length}${compress ? '/Filter/FlateDecode' : ''}>>stream\n`;
  return Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream')]);
}

/** Puts objects (the first is the catalog) together to a file. */
export function assemble(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')];
  let length = parts[0]?.length ?? 0;
  const places: number[] = [];
  for (const [at, object] of objects.entries()) {
    places.push(length);
    const part = Buffer.concat([
      Buffer.from(`${at + 1} 0 obj\n`),
      Buffer.from(object as string),
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(part);
    length += part.length;
  }
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${length}\n%%EOF`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}

/** A PDF that asks for a password: its keys fit none that a reader could try. */
export function makeLockedPdf(): Buffer {
  const zeros = '00'.repeat(32);
  return makePdf([['secret']], {
    trailer: `/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<${zeros}>/U<${zeros}>>>/ID[<00><00>]`,
  });
}

/** A PDF whose one page unpacks to so many bytes. */
export function makePdfBomb(bytes: number): Buffer {
  const content = stream(Buffer.alloc(bytes, 0x20), true);
  return assemble([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>',
    content,
  ]);
}

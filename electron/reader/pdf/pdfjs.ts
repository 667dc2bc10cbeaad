import { join } from 'node:path';
import './standIns.ts';
// It makes itself known to pdf.js, which else would start a worker from a file of its own.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

// Tables that old East Asian fonts need; built, they lie beside this file, from source in the package.
const tables = import.meta.filename.endsWith('.mjs')
  ? join(import.meta.dirname, 'cmaps')
  : join(import.meta.dirname, '../../../node_modules/pdfjs-dist/cmaps');

/** Opens a PDF for its text. Nothing is fetched, drawn or run: no fonts, no pictures, no scripts. */
export function openPdf(bytes: Buffer): Promise<PDFDocumentProxy> {
  return getDocument({
    // It is handed over for good, so pdf.js gets its own.
    data: new Uint8Array(bytes),
    cMapUrl: `${tables}/`,
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: 1,
    verbosity: 0,
  }).promise;
}

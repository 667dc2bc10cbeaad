import { refused } from '../limits.ts';
import { readBody } from './readBody.ts';
import { headingStyles } from './styles.ts';
import { unzip } from './unzip.ts';

const wanted = /^word\/(document|styles|footnotes|endnotes)\.xml$/;

/** Reads the text of a Word document as Markdown: headings, lists and tables as such, then its footnotes. */
export function readDocx(bytes: Buffer): { text: string; remark: string | null } {
  const { names, parts } = unzip(bytes, (name) => wanted.test(name));
  const part = (name: string) => parts.get(`word/${name}.xml`);
  const body = part('document');
  if (!body) throw refused(otherZip(names));
  const levels = headingStyles(part('styles'));
  const notes = ['footnotes', 'endnotes'].map((name) => readBody(part(name), levels)).filter(Boolean);
  const text = [readBody(body, levels), ...notes].join('\n\n');
  if (text.trim() === '' && names.some((name) => name.startsWith('word/media/')))
    throw refused('It holds pictures only, and Inkling cannot read pictures of text.');
  return { text, remark: null };
}

function otherZip(names: readonly string[]): string {
  if (names.some((name) => name.startsWith('xl/')))
    return 'It is a table of Excel. Save it as CSV and attach that.';
  if (names.some((name) => name.startsWith('ppt/')))
    return 'It is a presentation. Save it as PDF and attach that.';
  if (names.includes('mimetype') || names.some((name) => name.startsWith('META-INF/')))
    return 'It is a document of a kind that Inkling cannot read. Save it as DOCX or PDF and attach that.';
  return 'It is an archive. Unpack it and attach the files in it.';
}

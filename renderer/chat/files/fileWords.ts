import type { Attachment } from '../../../electron/contract/attachments.ts';
import { formatSize, plural } from '../../ui/format.ts';

const kinds: Readonly<Record<Attachment['kind'], string>> = {
  text: 'Text',
  markdown: 'Markdown',
  code: 'Code',
  csv: 'Table',
  pdf: 'PDF',
  docx: 'Word',
};

/** What an attachment is, in a few words: `PDF · 12 pages`. */
export function fileWords({ kind, pages, size }: Attachment): string {
  return `${kinds[kind]} · ${pages === null ? formatSize(size) : plural(pages, 'page')}`;
}

/** Words as a Markdown quotation after what was typed, with room for an answer to them. */
export function withQuotation(draft: string, words: string): string {
  const quoted = words
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
  const before = draft.trimEnd();
  return `${before === '' ? '' : `${before}\n\n`}${quoted}\n\n`;
}

import type { Source } from '../../../electron/contract/noteSources.ts';

/** Says why a passage was chosen, in words that a person can check. */
export function reasonWords(source: Source): string {
  const { words, meaning, matched, linked, recent } = source.reason;
  if ('attachmentId' in source && words === null)
    return 'No word of the question stands in the file, so passages from all over it were read';
  const parts = [
    words !== null &&
      `place ${words} by words${matched.length > 0 ? ` (${matched.map((word) => `“${word}”`).join(', ')})` : ''}`,
    meaning !== null && `place ${meaning} by meaning`,
    linked && 'linked with another passage that was found',
    recent && 'changed lately',
  ].filter((part) => part !== false);
  const text = parts.join(' · ');
  return text === '' ? 'Nothing is known about it.' : text.charAt(0).toUpperCase() + text.slice(1);
}

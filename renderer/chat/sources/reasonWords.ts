import type { FoundPassage } from '../../../electron/contract/notes.ts';

/** Says why a passage was chosen, in words that a person can check. */
export function reasonWords(reason: FoundPassage['reason']): string {
  const { words, meaning, matched, linked, recent } = reason;
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

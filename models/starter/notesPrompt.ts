import words from './recipe/prompts.json' with { type: 'json' };

/** A passage put before the model. `number` is what an answer cites. */
export interface NotesPassage {
  readonly number: number;
  /** Path of the note inside its folder, with `/`. */
  readonly path: string;
  /** Heading that the passage stands under; empty if none. */
  readonly heading: string;
  readonly text: string;
}

/** What the starter answers when the passages do not hold the answer, word for word. */
export const notInNotes: string = words.absent;

/** Writes the prompt that the starter model was trained to answer from notes with; one system and one user turn. */
export function notesPrompt(
  passages: readonly NotesPassage[],
  question: string,
): [{ role: 'system'; text: string }, { role: 'user'; text: string }] {
  const lines = passages.map(({ number, path, heading, text }) => {
    const place = heading === '' ? path : `${path} › ${heading}`;
    return `[${number}] (${place}) ${text.trim()}`;
  });
  const user = `${words.notes}\n${lines.join('\n')}\n\n${words.question} ${question.trim()}`;
  return [
    { role: 'system', text: words.notesSystem },
    { role: 'user', text: user },
  ];
}

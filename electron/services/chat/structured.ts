import { judgeJson } from '../../base/jsonSchema/conforms.ts';
import { describeShape } from '../../base/jsonSchema/describeShape.ts';
import { grammarOf } from '../../base/jsonSchema/grammar.ts';
import { readSchema } from '../../base/jsonSchema/readSchema.ts';
import type { Shape } from '../../base/jsonSchema/shape.ts';
import type { MadeFormat } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AnswerFormat } from '../../contract/presets.ts';

/** An answer that has to be JSON, as the model is held to it. */
export interface Structured {
  readonly made: MadeFormat;
  readonly shape: Shape;
  readonly grammar: string;
}

/** Reads a format; null for plain words. Fails with `bad_input` for a schema that cannot be enforced: nothing is sent then. */
export function openFormat(format: AnswerFormat): Structured | null {
  if (format.kind === 'text') return null;
  const { shape, problems } = readSchema(format.schema);
  if (!shape) {
    const [first] = problems;
    const place = first && first.at !== '#' ? ` (${first.at})` : '';
    throw refused(`${first?.words ?? ''}${place}`, problems);
  }
  const grammar = grammarOf(shape);
  if (grammar === null) throw refused('It is too large.', []);
  return { made: { ...format, verdict: null }, shape, grammar };
}

/** What a model is told of the format; an unreadable one says nothing, since its message is refused. */
export function formatPrompt(format: AnswerFormat): string {
  const shape = format.kind === 'json' ? readSchema(format.schema).shape : null;
  return shape ? `Answer with JSON only, in this form: ${describeShape(shape)}` : '';
}

/** How an answer turned out. `ended`: the model came to its end. */
export const judged = ({ made, shape }: Structured, text: string, ended: boolean): MadeFormat => ({
  ...made,
  verdict: judgeJson(text, shape, ended),
});

const refused = (reason: string, problems: readonly unknown[]) =>
  new InklingError(
    'bad_input',
    `The answer format of this chat cannot be enforced, so nothing was sent. ${reason} Change the format, or choose plain text.`,
    { problems },
  );

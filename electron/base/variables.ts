/** `{{name}}`: letters, digits, spaces, `_` and `-`, beginning with a letter. */
const variable = /\{\{\s*(\p{L}[\p{L}\p{N} _-]{0,39}?)\s*\}\}/gu;

/** The names of the variables in some texts, each once, in their order. */
export const variablesIn = (...texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(variable)].map((match) => match[1] ?? ''))),
];

/** The value of a variable; not what every object has by that name. */
export const variableValue = (values: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** Puts values in the place of variables. One without a value stays as it is written, so that it is seen; values are not read again. */
export const fillVariables = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(variable, (written, name: string) => variableValue(values, name) ?? written);

/** The variables that nobody needs to be asked for. */
export const knownVariables = (now: Date): Readonly<Record<string, string>> => ({
  date: now.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  time: now.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }),
});

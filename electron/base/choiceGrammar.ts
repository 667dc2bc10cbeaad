/** Writes the grammar (GBNF) of a model that may say exactly one of these texts, and nothing else. */
export const choiceGrammar = (texts: readonly string[]): string =>
  `root ::= ${[...new Set(texts)].map(literal).join(' | ')}\n`;

function literal(text: string): string {
  const safe = text.toWellFormed().replace(/["\\]|\p{Cc}/gu, (sign) => {
    if (sign === '"' || sign === '\\') return `\\${sign}`;
    return `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${safe}"`;
}

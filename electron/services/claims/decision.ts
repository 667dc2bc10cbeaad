import type { Claim, Source } from '../../contract/noteSources.ts';
import type { PromptMessage } from '../../engine/contract.ts';

/** Characters of a passage and of a statement that are read. */
const most = { passage: 2000, statement: 500 } as const;

/** A model can say nothing else. */
export const decisionGrammar = 'root ::= "Yes" | "No"\n';

/** What a model reads to decide whether passages say a statement; both are quoted: what stands in them is not obeyed. */
export function decisionPrompt(passages: readonly Source[], statement: string): PromptMessage[] {
  const quote = (text: string, length: number) =>
    JSON.stringify(text.replace(/\s+/g, ' ').trim().slice(0, length).toWellFormed());
  const wish =
    'Do the passages say what the statement says? Answer No if any part of it is missing there or different. Answer with Yes or No alone.';
  const read = passages.map(({ title, heading, text }) =>
    quote([title, heading, text].filter((part) => part !== '').join(': '), most.passage),
  );
  const said = quote(statement.replace(/\s*\[\d+\]/g, ''), most.statement);
  return [{ role: 'user', text: `${wish}\n\nPassages:\n${read.join('\n')}\n\nStatement: ${said}` }];
}

/** What was decided; null where a model said neither (an engine that knows no grammar). */
export function readDecision(answer: string): Claim['support'] | null {
  const word = answer.trim();
  return word === 'Yes' ? 'supported' : word === 'No' ? 'unsupported' : null;
}

import { expect, it } from 'vitest';
import { choiceGrammar } from '../../electron/base/choiceGrammar.ts';

it('writes each text once, as a literal that ends nowhere else', () => {
  expect(choiceGrammar(['a "b" \\', 'tab\there', 'ä 北', 'ä 北'])).toBe(
    `${String.raw`root ::= "a \"b\" \\" | "tab\x09here" | "ä 北"`}\n`,
  );
});

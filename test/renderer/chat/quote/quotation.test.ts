import { expect, it } from 'vitest';
import { withQuotation } from '../../../../renderer/chat/quote/quotation.ts';

it('puts words as a quotation after what was typed, with room below', () => {
  expect(withQuotation('', 'one\ntwo')).toBe('> one\n> two\n\n');
  expect(withQuotation('And this?\n', '\n one \r\n\r\n\r\n\r\ntwo\n')).toBe(
    'And this?\n\n> one\n>\n> two\n\n',
  );
});

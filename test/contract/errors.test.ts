import { describe, expect, it } from 'vitest';
import { errorCodes, failure, fromFailure, InklingError, toFailure } from '../../electron/contract/errors.ts';

describe('failures', () => {
  it.each(errorCodes)('%s survives the way to the wire and back', (code) => {
    const error = fromFailure(failure.parse(toFailure(new InklingError(code, 'words', { tokens: 3 }))));
    expect(error).toMatchObject({ name: 'InklingError', code, message: 'words', details: { tokens: 3 } });
  });

  it('leave out details that are not there', () => {
    expect(toFailure(new InklingError('busy', 'words'))).toEqual({ code: 'busy', message: 'words' });
  });

  it.each([
    ['an error', new TypeError('broke'), 'broke'],
    ['a string', 'words', 'words'],
    ['a number', 7, '7'],
    ['nothing', undefined, 'Something went wrong inside Inkling.'],
    ['an error without words', new Error(''), 'Something went wrong inside Inkling.'],
    ['an object without a prototype', Object.create(null), 'Something went wrong inside Inkling.'],
  ])('made of %s are internal, with words and without a stack', (_, thrown, message) => {
    expect(toFailure(thrown)).toEqual({ code: 'internal', message });
  });

  it('made of an abort are `cancelled`', () => {
    expect(toFailure(AbortSignal.abort().reason)).toEqual({ code: 'cancelled', message: 'Cancelled.' });
  });
});

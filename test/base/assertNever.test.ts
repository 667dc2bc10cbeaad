import { expect, it } from 'vitest';
import { assertNever } from '../../electron/base/assertNever.ts';

it('throws on a value that slipped past the compiler', () => {
  expect(() => assertNever('surprise' as never)).toThrow('"surprise"');
});

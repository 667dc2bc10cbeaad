import { expect, it } from 'vitest';
import type { ModelCheck } from '../../../electron/contract/library.ts';
import { checkWords } from '../../../renderer/models/checkWords.ts';

const words = (result: ModelCheck['result'], against: ModelCheck['against']) =>
  checkWords({ at: Date.UTC(2026, 10, 23, 12), result, against });

it('claims that bytes are right only where somebody else said what they are', () => {
  expect(words('verified', 'hub')).toEqual({
    tone: 'ok',
    text: 'Verified on Nov 23, 2026: every byte is as the hub published it.',
  });
  expect(words('verified', 'app').text).toMatch(/^Verified on .* the other app/);
  expect(words('verified', 'earlier').text).toMatch(/^Checked on .*not one byte changed/);
  expect(words('noted', null).text).toMatch(/^Checked on .*Nobody published a hash/);
});

it('blames no one for a file that only changed since the last time', () => {
  expect(words('differs', 'earlier')).toMatchObject({
    tone: 'bad',
    text: expect.stringMatching(/^It changed/),
  });
  expect(words('differs', 'hub')).toMatchObject({
    tone: 'bad',
    text: expect.stringMatching(/^Damaged or changed.*hub/),
  });
  expect(words('differs', 'app').text).toContain('the other app fetched');
});

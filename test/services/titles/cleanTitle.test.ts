import { expect, it } from 'vitest';
import { cleanTitle } from '../../../electron/services/titles/cleanTitle.ts';

const question = 'Can you help me plan a trip to Rome in May?';

it.each([
  ['Planning a Trip to Rome', 'Planning a Trip to Rome'],
  ['"Rome in May"', 'Rome in May'],
  ['**Title: A trip to Rome.**\nmore words', 'A trip to Rome'],
  ['\n\n# Trip planning', 'Trip planning'],
])('takes %j', (answer, title) => {
  expect(cleanTitle(answer, question)).toBe(title);
});

it.each([
  '',
  '  \n ',
  '"""',
  'Sure! Here is a trip to Rome',
  'I cannot plan trips',
  'Rome Rome Rome Rome',
  'Write a title of two to six words for this conversation about Rome',
  'Cooking lentils',
  'the a of in to',
  `Rome ${'and on '.repeat(20)}`,
  'You said: Write a title about Rome',
])('takes %j for no title', (answer) => {
  expect(cleanTitle(answer, question)).toBeNull();
});

it('knows what scripts without spaces are about', () => {
  expect(cleanTitle('京都旅行', '京都に行きたい')).toBe('京都旅行');
  expect(cleanTitle('料理', '京都に行きたい')).toBeNull();
});

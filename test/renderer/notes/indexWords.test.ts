import { expect, it } from 'vitest';
import type { IndexState } from '../../../electron/contract/notes.ts';
import { foundBy, indexWords, timeLeft } from '../../../renderer/notes/indexWords.ts';

const index: IndexState = {
  phase: 'ready',
  notes: 1204,
  passages: 9871,
  skipped: 2,
  done: 0,
  total: 0,
  secondsLeft: null,
  embedded: null,
  version: 1,
  problem: null,
};

it('says what the index holds when it is up to date', () => {
  expect(indexWords(index)).toMatchObject({
    label: 'Index up to date',
    busy: false,
    detail: '1,204 notes · 9,871 passages',
  });
});

it('says how far it is and how long it will take', () => {
  expect(indexWords({ ...index, phase: 'indexing', done: 300, total: 1204, secondsLeft: 95 })).toMatchObject({
    label: 'Reading notes',
    busy: true,
    fraction: 300 / 1204,
    detail: '300 of 1,204 notes · about 2 min left',
  });
  expect(indexWords({ ...index, phase: 'starting' })).toMatchObject({
    busy: true,
    fraction: null,
    detail: '',
  });
});

it('says that it waits for mains power, without a time that would not come true', () => {
  const learning = { ...index, phase: 'embedding' as const, done: 300, total: 1204, secondsLeft: 95 };
  expect(indexWords(learning, 'chosen', true)).toMatchObject({
    label: 'Waits for mains power',
    busy: false,
    detail: '300 of 1,204 passages',
  });
  expect(indexWords(learning, 'before', true).detail).toContain('the old model answers');
  expect(indexWords({ ...index, phase: 'ready' }, 'chosen', true).label).toBe('Index up to date');
});

it('says why it stopped', () => {
  const problem = { code: 'internal' as const, message: 'It fell over.' };
  expect(indexWords({ ...index, phase: 'failed', problem })).toMatchObject({
    tone: 'bad',
    detail: 'It fell over.',
  });
});

it('says what answers while notes are read with another model', () => {
  const state = { ...index, phase: 'embedding' as const, done: 120, total: 1000 };
  expect(indexWords(state)).toMatchObject({ label: 'Learning the meaning', detail: '120 of 1,000 passages' });
  expect(indexWords(state, 'before')).toMatchObject({
    label: 'Learning anew',
    detail: '120 of 1,000 · the old model answers',
  });
  expect(indexWords(state, 'missing').detail).toBe('120 of 1,000 · the old model is gone: by words');
  expect(foundBy.missing).toBe('by words, model missing');
});

it('says why the meaning cannot be learned', () => {
  const problem = { code: 'model_load_failed' as const, message: 'It is no model.' };
  expect(indexWords({ ...index, phase: 'embedding', problem })).toMatchObject({
    tone: 'bad',
    busy: false,
    detail: 'It is no model.',
  });
});

it('tells times as people do', () => {
  expect([null, 2, 4, 58, 61, 3599, 5400].map(timeLeft)).toEqual([
    '',
    '',
    'about 5 s left',
    'about 60 s left',
    'about 1 min left',
    'about 60 min left',
    'about 1.5 h left',
  ]);
});

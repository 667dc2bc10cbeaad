import { expect, it } from 'vitest';
import { fillVariables, knownVariables, variablesIn, variableValue } from '../../electron/base/variables.ts';

it('finds each variable once, in the order of the texts', () => {
  expect(variablesIn('To {{language}} on {{ date }}.', '{{text}} {{language}}')).toEqual([
    'language',
    'date',
    'text',
  ]);
  expect(variablesIn('{language} {{}} {{1x}} {{ }} {{a{{b}}')).toEqual(['b']);
});

it('fills in what has a value, and leaves the rest to be seen', () => {
  expect(fillVariables('{{ language }}, {{tone}}', { language: 'Welsh' })).toBe('Welsh, {{tone}}');
});

it('does not read a value again, nor patterns in it, nor what every object has', () => {
  expect(fillVariables('{{a}} {{b}}', { a: '{{b}} $& $1', b: '2' })).toBe('{{b}} $& $1 2');
  expect(fillVariables('{{constructor}}', {})).toBe('{{constructor}}');
  expect(variableValue({}, 'constructor')).toBeUndefined();
  expect(variableValue({ constructor: 'x' }, 'constructor')).toBe('x');
});

it('knows the date and the time', () => {
  const known = knownVariables(new Date(2026, 10, 23, 9, 5));
  expect(known).toEqual({ date: 'Monday, 23 November 2026', time: '09:05' });
});

it('reads a long text full of braces in one pass', () => {
  expect(variablesIn('{{'.repeat(50_000))).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { createStepSize } from '../../electron/engine/stepSize.ts';

const step = 150;
const most = 512;

/** Reads `tokens` on a machine that takes `ms` for so many at such a place; answers what each step took. */
function read(tokens: number, ms: (count: number, at: number) => number): number[] {
  const size = createStepSize(step, 4, most);
  const steps: number[] = [];
  for (let at = 0; at < tokens; ) {
    const count = Math.min(size.count, tokens - at);
    const took = ms(count, at);
    size.took(count, took);
    steps.push(took);
    at += count;
  }
  return steps;
}
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const longest = (values: readonly number[]) => Math.max(...values);

describe('the size of steps in which a prompt is read', () => {
  it('makes each take about as long as wished, while what is there before makes tokens slower', () => {
    const steps = read(3000, (count, at) => 1 + count * (2 + at / 1000));
    expect(longest(steps)).toBeLessThan(2 * step);
    expect(sum(steps.slice(5, -1)) / (steps.length - 6)).toBeGreaterThan(0.8 * step);
  });

  it('is as large as can be for a small model, and one token for a huge one', () => {
    expect(read(3000, (count) => count * 0.1).length).toBeLessThan(12);
    const slow = read(100, (count) => 20 + count * 300);
    expect(longest(slow.slice(1))).toBeLessThan(700);
    expect(slow.filter((ms) => ms > 500).length).toBeLessThan(slow.length / 4);
  });

  it('does not spend the time on waiting where every step waits, and stays short enough to stop', () => {
    const steps = read(3000, (count) => 200 + count * 3);
    // One token at a time this would take ten minutes, in one piece nine seconds.
    expect(sum(steps)).toBeLessThan(25_000);
    expect(longest(steps)).toBeLessThanOrEqual(500);
    const worse = read(3000, (count) => 1000 + count * 5);
    expect(sum(worse)).toBeLessThan(3000 * 1000 * 0.05);
    expect(longest(worse)).toBeLessThan(1500);
  });

  it('recovers from a spell of waiting', () => {
    const quiet = (count: number) => 5 + count * 4;
    const steps = read(6000, (count, at) => quiet(count) + (at > 500 && at < 1000 ? 2000 : 0));
    const end = steps.slice(-12, -1);
    expect(longest(end)).toBeLessThan(1.3 * step);
    expect(Math.min(...end)).toBeGreaterThan(0.6 * step);
  });
});

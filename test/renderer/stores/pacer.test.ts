import { expect, it } from 'vitest';
import { createPacer } from '../../../renderer/stores/pacer.ts';

// A clock by hand: time passes only where a test or a task says so.
function clock() {
  let time = 0;
  let timers: { at: number; task: () => void }[] = [];
  return {
    now: () => time,
    pass(ms: number) {
      time += ms;
    },
    setTimer(task: () => void, ms: number) {
      const timer = { at: time + ms, task };
      timers.push(timer);
      return timer;
    },
    clearTimer(timer: unknown) {
      timers = timers.filter((each) => each !== timer);
    },
    runUntil(end: number) {
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        time = Math.max(time, next.at);
        next.task();
      }
      time = Math.max(time, end);
    },
  };
}

function countRuns(costMs: number): { runs: number; spentMs: number } {
  const hands = clock();
  let runs = 0;
  const pacer = createPacer(() => {
    runs++;
    hands.pass(costMs);
  }, hands);
  for (let ms = 0; ms < 10_000; ms += 5) {
    pacer.request();
    hands.runUntil(ms);
  }
  return { runs, spentMs: runs * costMs };
}

it('runs a cheap task at most 25 times a second, however often it is asked', () => {
  const { runs } = countRuns(0);
  expect(runs).toBeGreaterThan(200);
  expect(runs).toBeLessThanOrEqual(251);
});

it('gives a costly task no more than a tenth of the time', () => {
  const { runs, spentMs } = countRuns(20);
  expect(runs).toBeGreaterThan(10);
  expect(spentMs).toBeLessThan(1000);
});

it('runs once for what was asked, and not again by itself', () => {
  const hands = clock();
  let runs = 0;
  const pacer = createPacer(() => runs++, hands);
  pacer.request();
  pacer.request();
  hands.runUntil(1000);
  expect(runs).toBe(1);
  pacer.flush();
  expect(runs).toBe(1);
});

it('runs nothing after it was stopped', () => {
  const hands = clock();
  let runs = 0;
  const pacer = createPacer(() => runs++, hands);
  pacer.request();
  pacer.stop();
  hands.runUntil(1000);
  expect(runs).toBe(0);
});

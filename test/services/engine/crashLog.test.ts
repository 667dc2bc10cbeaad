import { describe, expect, it } from 'vitest';
import { createCrashLog } from '../../../electron/services/engine/crashLog.ts';

describe('crashLog', () => {
  it('blocks a model at its third crash within five minutes', () => {
    const log = createCrashLog(() => 0);
    log.add('a');
    log.add('a');
    expect(log.isBlocked('a')).toBe(false);
    log.add('a');
    expect(log.blocked()).toEqual(['a']);
  });

  it('forgets crashes that are five minutes old', () => {
    let now = 0;
    const log = createCrashLog(() => now);
    log.add('a');
    log.add('a');
    now = 5 * 60_000;
    log.add('a');
    expect(log.isBlocked('a')).toBe(false);
  });

  it('counts each model on its own, and crashes without a model for nobody', () => {
    const log = createCrashLog(() => 0);
    for (const id of ['a', 'b', 'a', null, 'b', null, null]) log.add(id);
    expect(log.blocked()).toEqual([]);
    expect(log.total).toBe(7);
  });

  it('gives a model the person asks for again a whole new chance', () => {
    const log = createCrashLog(() => 0);
    for (let crash = 0; crash < 3; crash++) log.add('a');
    log.forgive('a');
    log.add('a');
    log.add('a');
    expect(log.isBlocked('a')).toBe(false);
  });
});

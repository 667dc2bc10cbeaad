import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectedSpeed, openExperience } from '../../../electron/services/machine/experience.ts';
import { tempFolder } from '../storage/tempFolder.ts';

const speed = (size: number, tokensPerSecond: number, at = 1) => ({
  name: 'A model',
  size,
  tokensPerSecond,
  threads: 2,
  at,
});

describe('experience', () => {
  it('corrects estimates by what real loads took, over a restart', () => {
    const folder = tempFolder();
    const experience = openExperience(folder);
    expect(experience.memoryFactor()).toBe(1);
    experience.loadTook('a', { estimated: 100, measured: 130 });
    experience.loadTook('b', { estimated: 100, measured: 110 });
    experience.loadTook('c', { estimated: 100, measured: 500 });
    expect(openExperience(folder).memoryFactor()).toBeCloseTo(1.3);
    experience.loadTook('c', { estimated: 100, measured: 90 });
    expect(openExperience(folder).memoryFactor()).toBeCloseTo(1.1);
  });

  it('is never led astray by one odd load', () => {
    const experience = openExperience(tempFolder());
    experience.loadTook('a', { estimated: 100, measured: 10_000 });
    expect(experience.memoryFactor()).toBe(2);
    experience.loadTook('a', { estimated: 100, measured: 1 });
    expect(experience.memoryFactor()).toBe(0.9);
    experience.loadTook('b', { estimated: 0, measured: 100 });
    expect(experience.tookOf('b')).toBeNull();
  });

  it('remembers the speed of each model, newest first, and follows it without jumping', () => {
    const folder = tempFolder();
    const experience = openExperience(folder);
    experience.answered('a', speed(1e9, 20, 1));
    experience.answered('b', speed(2e9, 9, 2));
    experience.answered('a', speed(1e9, 30, 3));
    const again = openExperience(folder).speeds();
    expect(again.map(({ size, tokensPerSecond }) => [size, tokensPerSecond])).toEqual([
      [1e9, 25],
      [2e9, 9],
    ]);
  });

  it('starts anew from a file that cannot be read', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'experience.json'), '{"half');
    expect(openExperience(folder).speeds()).toEqual([]);
  });
});

describe('the speed to expect', () => {
  it('is not known before anything was measured', () => {
    expect(expectedSpeed([], 1e9)).toBeNull();
  });

  it('falls as the bytes of each word grow, told by the model nearest in size', () => {
    const known = [speed(200e6, 90), speed(2e9, 10)];
    expect(expectedSpeed(known, 4e9)).toBeCloseTo(5);
    expect(expectedSpeed(known, 400e6)).toBeCloseTo(45);
  });

  it('is not told from a model so small, or so far in size, that it says nothing', () => {
    expect(expectedSpeed([speed(2e6, 400)], 2e9)).toBeNull();
    expect(expectedSpeed([speed(150e6, 90)], 8e9)).toBeNull();
  });
});

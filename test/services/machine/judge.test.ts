import { describe, expect, it } from 'vitest';
import { fitsBeside, judge, type Room } from '../../../electron/services/machine/judge.ts';

const GB = 1e9;
const room = (total: number, free: number | null, more: Partial<Room> = {}): Room => ({
  total: total * GB,
  free: free === null ? null : free * GB,
  freed: 0,
  gpu: null,
  ...more,
});
const word = (needed: number, where: Room) => judge(needed * GB, where, 'for a test').word;

describe('whether something fits', () => {
  it('is not generous: the system keeps its share', () => {
    expect(word(7, room(8, 7.9))).toBe('no');
    expect(word(5, room(8, 5.2))).toBe('tight');
    expect(word(4.5, room(8, 5.2))).toBe('well');
  });

  it('counts what the model that is loaded now gives back', () => {
    expect(word(4, room(8, 3))).toBe('tight');
    expect(word(4, room(8, 3, { freed: 2 * GB }))).toBe('well');
    expect(judge(4 * GB, room(8, 3, { freed: 2 * GB }), 'for a test').reason).toBe(
      'Needs about 4.0 GB of memory for a test; 5.0 of 8.0 GB are free once the loaded model is unloaded.',
    );
  });

  it('does not count memory twice that is free and given back', () => {
    expect(word(8, room(8, 7, { freed: 4 * GB }))).toBe('no');
  });

  it('adds nothing where nobody tells what is free', () => {
    expect(word(9, room(16, null, { freed: 4 * GB }))).toBe('tight');
  });

  it('lets a graphics card hold what fits on it, and what does not go by memory', () => {
    const card = { gpu: { total: 12 * GB, free: 11 * GB } };
    expect(word(10, room(8, 6, card))).toBe('well');
    expect(word(11.5, room(8, 6, card))).toBe('no');
    expect(judge(10 * GB, room(8, 6, card), 'for a test').reason).toContain('the graphics card has 12.0 GB');
  });
});

describe('whether a second model fits beside', () => {
  it('leaves a margin for the system', () => {
    expect(fitsBeside(1 * GB, room(8, 4))).toBe(true);
    expect(fitsBeside(3.5 * GB, room(8, 4))).toBe(false);
  });

  it('needs room on the graphics card, too', () => {
    expect(fitsBeside(2 * GB, room(64, 60, { gpu: { total: 8 * GB, free: 1 * GB } }))).toBe(false);
  });

  it('is careful where the system does not tell what is free', () => {
    expect(fitsBeside(2 * GB, room(16, null))).toBe(true);
    expect(fitsBeside(6 * GB, room(16, null))).toBe(false);
  });
});

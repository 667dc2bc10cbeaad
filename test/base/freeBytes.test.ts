import { expect, it } from 'vitest';
import { freeBytes } from '../../electron/base/freeBytes.ts';

it('gives the memory of bytes back that have it for themselves', () => {
  const own = new Uint8Array(64 * 1024).fill(7);
  freeBytes(own);
  expect([own.length, own.buffer.byteLength]).toEqual([0, 0]);
});

it('does nothing where the memory is gone already', () => {
  const own = new Uint8Array(16);
  freeBytes(own);
  expect(() => freeBytes(own)).not.toThrow();
});

it('leaves alone what others may read', () => {
  const slab = new Uint8Array(1024).fill(7);
  const part = slab.subarray(0, 512);
  freeBytes(part);
  const pooled = Buffer.from('short texts share their memory');
  freeBytes(pooled);
  expect([part.length, slab.every((byte) => byte === 7)]).toEqual([512, true]);
  expect(pooled.toString()).toBe('short texts share their memory');
});

import { freemem, totalmem } from 'node:os';
import type { Memory } from '../machine/judge.ts';

/** The memory of this machine now. macOS keeps hardly anything "free", so there the number would say nothing. */
export function readMemory(platform: NodeJS.Platform = process.platform): Memory {
  return { total: totalmem(), free: platform === 'darwin' ? null : freemem() };
}

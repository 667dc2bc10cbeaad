import type { Download } from '../../../electron/contract/downloads.ts';

/** A download in the middle of its way, with what is different about it. */
export const aDownload = (extra: Partial<Download> = {}): Download => ({
  id: 'd1',
  repo: 'owner/model',
  file: 'model-Q4_K_M.gguf',
  state: 'downloading',
  createdAt: 1,
  commit: null,
  parts: 1,
  size: 1000,
  received: 400,
  checked: 0,
  speed: null,
  secondsLeft: null,
  retryAt: null,
  check: 'pending',
  problem: null,
  note: null,
  path: null,
  ...extra,
});

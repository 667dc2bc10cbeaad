import { expect, it } from 'vitest';
import { createEmbedding, type Hindrance } from '../../../electron/services/notes/createEmbedding.ts';
import type { EmbedderPool } from '../../../electron/services/notes/embedderPool.ts';
import type { NotesApi } from '../../../electron/services/notes/notesProcess.ts';

// How it computes is tested with real processes: changeModel.test.ts, and in the browser.
const notes = {
  setEmbedder: async () => null,
  pending: async () => ({ passages: [] }),
} as unknown as NotesApi;
const model = { key: 'one', path: '/one.gguf', names: ['one'] as const } as never;

function open() {
  let hindrance: Hindrance | null = null;
  let changes = 0;
  const embedding = createEmbedding({
    pool: { has: () => true } as unknown as EmbedderPool,
    hindrance: async () => hindrance,
    onChange: () => changes++,
  });
  return {
    embedding,
    set: (next: Hindrance | null) => {
      hindrance = next;
    },
    changes: () => changes,
  };
}

it('tells that it waits for power, and tells when it does not any more', async () => {
  const { embedding, set, changes } = open();
  set('battery');
  embedding.work(notes, model);
  await expect.poll(() => embedding.waitsForPower).toBe(true);
  expect(changes()).toBe(1);
  set(null);
  await expect.poll(() => embedding.waitsForPower).toBe(false);
  expect(changes()).toBe(2);
  embedding.close();
});

it('does not wait for power once there is nothing to do for it', async () => {
  const { embedding, set } = open();
  set('battery');
  embedding.work(notes, model);
  await expect.poll(() => embedding.waitsForPower).toBe(true);
  embedding.work(null, null);
  expect(embedding.waitsForPower).toBe(false);
  embedding.close();
});

it('keeps what it said while somebody chats', async () => {
  const { embedding, set, changes } = open();
  set('battery');
  embedding.work(notes, model);
  await expect.poll(() => embedding.waitsForPower).toBe(true);
  set('chat');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect([embedding.waitsForPower, changes()]).toEqual([true, 1]);
  embedding.close();
});

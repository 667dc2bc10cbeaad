import { describe, expect, it } from 'vitest';
import { InklingError } from '../../../electron/contract/errors.ts';
import type { AppApi } from '../../../electron/contract/index.ts';
import { createAttachmentsStore } from '../../../renderer/stores/attachments.ts';

/** An app that takes files; the reading of each waits until it is let go. */
function appWithFiles() {
  const sent = new Map<string, string>();
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const gate = (id: string) => {
    const known = gates.get(id) ?? Promise.withResolvers<void>();
    gates.set(id, known);
    return known;
  };
  const attachments = {
    begin: async ({ name }: { name: string }) => ({ uploadId: name }),
    push: async ({ uploadId, data }: { uploadId: string; data: string }) => {
      sent.set(uploadId, (sent.get(uploadId) ?? '') + data);
      return null;
    },
    async *add({ from }: { from: { type: string; uploadId: string } }, { signal }: { signal: AbortSignal }) {
      signal.addEventListener('abort', () => gate(from.uploadId).reject(signal.reason));
      yield { type: 'reading', done: 1, total: 2 };
      await gate(from.uploadId).promise;
      yield { type: 'added', attachment: { id: from.uploadId, name: from.uploadId } };
    },
    list: async () => ({ attachments: [] }),
  };
  const store = createAttachmentsStore({ attachments } as unknown as AppApi);
  const states = () => (store.getState().waiting[''] ?? []).map(({ name, state }) => `${name} ${state}`);
  const file = (name: string) => ({ file: new File(['words'], name), path: null });
  return { store, states, sent, gate, file };
}
const turns = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('files in a composer', () => {
  it('are read one after the other; only what is read goes with a message', async () => {
    const { store, states, sent, gate, file } = appWithFiles();
    const adding = store.getState().add('', [file('a'), file('b')]);
    await turns();
    expect(states()).toEqual(['a reading', 'b reading']);
    expect([...sent]).toEqual([['a', btoa('words')]]);
    gate('a').resolve();
    gate('b').reject(new InklingError('bad_input', 'It is a picture.'));
    await adding;
    expect(states()).toEqual(['a ready', 'b failed']);
    expect(store.getState().waiting['']?.[1]).toMatchObject({ problem: 'It is a picture.' });
    expect(store.getState().take('')).toMatchObject([{ id: 'a' }]);
    expect(states()).toEqual([]);
  });

  it('that are taken away while they are read are stopped, and the next one is read', async () => {
    const { store, states, gate, file } = appWithFiles();
    const adding = store.getState().add('', [file('a'), file('b')]);
    await turns();
    const [first] = store.getState().waiting[''] ?? [];
    expect(await store.getState().remove('', first?.key ?? '')).toBe(null);
    gate('b').resolve();
    await adding;
    expect(states()).toEqual(['b ready']);
  });
});

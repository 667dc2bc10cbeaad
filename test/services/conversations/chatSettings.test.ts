import { describe, expect, it } from 'vitest';
import { preset } from '../../../electron/contract/presets.ts';
import { noChatSettings } from '../../../electron/services/conversations/settingsRows.ts';
import { openChats, uncancelled } from './openChats.ts';

const read = (chats: ReturnType<typeof openChats>, id: string) =>
  chats.conversations.api.settings({ id }, uncancelled);

describe('the settings of a chat', () => {
  it('are none until some are made, and survive a restart', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    expect(await read(chats, id)).toEqual({ settings: noChatSettings, unreadable: false });
    const patch = { instructions: 'Briefly.', sampling: { temperature: 0.2 } };
    const told = await chats.conversations.api.setSettings({ id, patch }, uncancelled);
    expect(told.settings).toEqual({ ...noChatSettings, ...patch });
    await chats.close();
    const again = openChats({ dataDir: chats.dataDir });
    expect(await read(again, id)).toEqual(told);
  });

  it('go with a fork, and are its own from then on', async () => {
    const chats = openChats();
    const { api } = chats.conversations;
    const { id } = await chats.create();
    const { answer } = chats.turn(id, 'q', 'a');
    const { settings } = await api.setSettings({ id, patch: { instructions: 'Briefly.' } }, uncancelled);
    const fork = await chats.fork(id, answer.id);
    expect((await read(chats, fork.id)).settings).toEqual(settings);
    await api.setSettings({ id: fork.id, patch: { instructions: null } }, uncancelled);
    expect((await read(chats, id)).settings).toEqual(settings);
  });

  it('change one by one, and can be given up', async () => {
    const chats = openChats();
    const { api } = chats.conversations;
    const { id } = await chats.create();
    await api.setSettings({ id, patch: { modelId: 'm', notes: null } }, uncancelled);
    await api.setSettings({ id, patch: { preset: preset.parse({ id: 'p', name: 'P' }) } }, uncancelled);
    expect((await read(chats, id)).settings).toMatchObject({
      modelId: 'm',
      notes: null,
      preset: { name: 'P' },
    });
    await api.setSettings({ id, patch: { modelId: null, notes: 'follow', preset: null } }, uncancelled);
    const row = chats.storage.connection().get('SELECT settings FROM conversations WHERE id = ?', id);
    expect(row).toEqual({ settings: null });
  });

  it('can be there from the beginning of a chat', async () => {
    const chats = openChats();
    const { id } = await chats.conversations.api.create({ settings: { instructions: 'x' } }, uncancelled);
    expect((await read(chats, id)).settings.instructions).toBe('x');
  });

  it('are told as unreadable where they are damaged, and block nothing', async () => {
    const chats = openChats();
    const { id } = await chats.create('Mine');
    for (const damage of ['{"sampling":{"temperature":"warm"}}', 'no json', '7']) {
      chats.storage.connection().run('UPDATE conversations SET settings = ? WHERE id = ?', damage, id);
      expect(await read(chats, id)).toEqual({ settings: noChatSettings, unreadable: true });
    }
    expect((await chats.list()).total).toBe(1);
    await chats.conversations.api.setSettings({ id, patch: { instructions: 'new' } }, uncancelled);
    expect(await read(chats, id)).toMatchObject({ settings: { instructions: 'new' }, unreadable: false });
  });

  it('are told to every window, and are gone with the chat', async () => {
    const chats = openChats();
    const { api } = chats.conversations;
    const { id } = await chats.create();
    const stop = new AbortController();
    const feed = api.watch(null, { signal: stop.signal })[Symbol.asyncIterator]();
    const first = feed.next();
    await api.setSettings({ id, patch: { modelId: 'm' } }, uncancelled);
    expect((await first).value).toEqual({ type: 'settings', id });
    stop.abort();
    await chats.remove(id);
    expect(() => api.settings({ id }, uncancelled)).toThrow(/not there any more/);
    expect(() => api.setSettings({ id, patch: {} }, uncancelled)).toThrow(/not there any more/);
  });
});

import { describe, expect, it } from 'vitest';
import { openChats, wellDone } from './openChats.ts';

describe('conversations', () => {
  it('keep a turn and its streamed answer over a restart', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { user, answer } = chats.say(id, 'What is ink made of?');
    expect(user).toMatchObject({ role: 'user', text: 'What is ink made of?', parentId: null, state: 'done' });
    expect(answer).toMatchObject({ role: 'assistant', state: 'streaming', parentId: user.id });
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ thought: 'Soot? ' });
    writer.append({ text: 'Of soot ' });
    writer.append({ text: 'and gum.' });
    writer.finish({ ...wellDone, leftOut: 2 });
    await chats.close();

    const again = openChats({ dataDir: chats.dataDir });
    const { messages, hasEarlier } = await again.messages(id);
    expect(hasEarlier).toBe(false);
    expect(messages).toEqual([
      { ...user, damaged: false },
      {
        ...answer,
        state: 'done',
        endReason: 'complete',
        text: 'Of soot and gum.',
        thought: 'Soot? ',
        leftOut: 2,
      },
    ]);
    expect(await again.get(id)).toMatchObject({ title: 'What is ink made of?', leafId: answer.id });
  });
});

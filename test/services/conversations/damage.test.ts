import { describe, expect, it } from 'vitest';
import { verifyData } from '../../../electron/services/storage/verifyData.ts';
import { openChats } from './openChats.ts';

async function chatWithTurns() {
  const chats = openChats();
  const { id } = await chats.create();
  const turns = [1, 2, 3].map((n) => chats.turn(id, `question ${n}`, `answer ${n}`));
  const db = chats.storage.connection();
  // Damage is what happens behind the schema's back.
  db.exec('PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF');
  return { chats, id, turns, db, victim: turns[1]!.answer.id };
}

describe('a damaged message', () => {
  const damages: [string, string][] = [
    ['other words', "text = 'answer X'"],
    ['an invalid letter', "text = CAST(x'616263ff80' AS TEXT)"],
    ['no words', "text = ''"],
    ['another thought', "thought = 'hm'"],
    ['another state', "state = 'failed'"],
    ['a state that does not exist', "state = 'sleeping'"],
    ['another role', "role = 'user'"],
    ['another time', 'created_at = 5'],
    ['details that are no JSON', 'details = \'{"model":\''],
    ['details of another shape', 'details = \'{"leftOut":"many"}\''],
    ['another chat', "conversation_id = 'elsewhere'"],
    ['a parent that does not exist', "parent_id = 'nobody'"],
    ['an id that is none', "id = 'no id!'"],
    ['another checksum', "checksum = 'x'"],
  ];

  it.each(damages)('with %s is shown as it is, marked, counted, and in nobody’s way', async (_, change) => {
    const { chats, id, db, victim } = await chatWithTurns();
    db.run(`UPDATE messages SET ${change} WHERE id = ?`, victim);
    const { messages } = await chats.messages(id);
    expect(messages.map(({ damaged }) => damaged)).toEqual([false, false, false, true, false, false]);
    expect(messages.filter(({ damaged }) => !damaged).map(({ text }) => text)).toEqual([
      'question 1',
      'answer 1',
      'question 2',
      'question 3',
      'answer 3',
    ]);
    expect((await chats.messages(id)).messages).toHaveLength(6);
    expect(chats.storage.status.value).toMatchObject({ state: 'ok', damagedMessages: 1 });

    const paged = await chats.messages(id, 3);
    const earlier = await chats.messages(id, 10, paged.messages[0]!.id);
    expect([...earlier.messages, ...paged.messages]).toEqual(messages);
    chats.turn(id, 'question 4', 'answer 4');
    expect((await chats.messages(id)).messages).toHaveLength(8);
    await chats.close();
    const report = verifyData(chats.dataDir);
    expect(report.ok).toBe(false);
    expect(report.problems.length).toBeGreaterThan(0);
    expect(report.damagedMessages).toBe(1);
  });

  it('does not become sound when its damaged pieces are folded', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { answer } = chats.say(id, 'q');
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ text: 'as it was' });
    await chats.close();
    const again = openChats({ dataDir: chats.dataDir });
    again.turn(id, 'next', 'works');
    const cut = again.say(id, 'q2');
    again.conversations.openAnswer(cut.answer.id).append({ text: 'as it was too' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    again.storage.connection().run("UPDATE chunks SET text = 'as it is not'");
    await again.storage.close();
    const third = openChats({ dataDir: chats.dataDir });
    const { messages } = await third.messages(id);
    expect(messages[1]).toMatchObject({ state: 'interrupted', text: 'as it was', damaged: false });
    expect(messages.at(-1)).toMatchObject({ state: 'interrupted', text: 'as it is not', damaged: true });
  });

  it('that ends the shown branch gives way to the newest message', async () => {
    const { chats, id, db } = await chatWithTurns();
    db.run("UPDATE conversations SET leaf_id = 'nobody' WHERE id = ?", id);
    expect((await chats.messages(id)).messages).toHaveLength(6);
  });
});

it('a damaged search index heals by itself, for searching and for erasing', async () => {
  const { chats, id, db } = await chatWithTurns();
  db.raw.enableDefensive(false);
  const spoil = () => {
    db.exec("UPDATE message_search_data SET block = x'00000000ffffffff' WHERE id > 10");
    db.exec("UPDATE title_search_data SET block = x'00000000ffffffff' WHERE id > 10");
  };
  spoil();
  expect(await chats.search('answer')).toHaveLength(3);
  expect(chats.storage.status.value.state).toBe('ok');
  spoil();
  await chats.storage.erase({ conversations: [id] });
  expect(db.get('SELECT 1 FROM messages')).toBeUndefined();
  expect(await chats.search('answer')).toEqual([]);
});

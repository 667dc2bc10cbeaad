import { writeSync } from 'node:fs';
import { createConversations } from '../../../electron/services/conversations/createConversations.ts';
import { openStorage } from '../../../electron/services/storage/openStorage.ts';

// An Inkling for the tests to kill: says things and streams answers into the folder named on the command line, and
// tells each step with its time, synchronously, so that the teller never knows less than the dead one did.
const tell = (step: object) => writeSync(1, `${JSON.stringify({ at: Date.now(), ...step })}\n`);

const storage = openStorage({ dataDir: String(process.argv[2]) });
const conversations = createConversations({ storage });
conversations.recover();
const { id } = await conversations.api.create(undefined, { signal: new AbortController().signal });

for (let turn = 0; ; turn++) {
  const text = `question ${turn} ${'?'.repeat(turn * 50)}`;
  const { user, answer } = conversations.addTurn({ conversationId: id, parentId: null, text, model: null });
  tell({ type: 'accepted', conversationId: id, userId: user.id, answerId: answer.id, text });
  const writer = conversations.openAnswer(answer.id);
  for (let n = 0; n < 60; n++) {
    const piece = `${turn}.${n} ${'é🙂x'.repeat(n % 7)} `;
    writer.append({ text: piece });
    tell({ type: 'piece', answerId: answer.id, piece });
    await new Promise((resume) => setTimeout(resume, 5));
  }
  writer.finish({ state: 'done', endReason: 'complete', stats: null, error: null, leftOut: 0 });
  tell({ type: 'finished', answerId: answer.id });
}

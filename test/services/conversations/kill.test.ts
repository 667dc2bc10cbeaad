import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyData } from '../../../electron/services/storage/verifyData.ts';
import { tempFolder } from '../storage/tempFolder.ts';
import { openChats } from './openChats.ts';

type Step =
  | { at: number; type: 'accepted'; conversationId: string; userId: string; answerId: string; text: string }
  | { at: number; type: 'piece'; answerId: string; piece: string }
  | { at: number; type: 'finished'; answerId: string };

/** Lets a child stream into the folder, kills it, and returns all it told before. */
async function killWhileStreaming(
  dataDir: string,
  after: number,
): Promise<{ steps: Step[]; killedAt: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'streamUntilKilled.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let killedAt = 0;
  child.stdout.once('data', () =>
    setTimeout(() => {
      killedAt = Date.now();
      child.kill('SIGKILL');
    }, after),
  );
  child.stdout.on('data', (data) => {
    said += data;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const lines = said.split('\n').slice(0, -1);
  return { steps: lines.map((line) => JSON.parse(line) as Step), killedAt };
}

describe('kill -9', () => {
  it('at any moment keeps every acknowledged turn, and of a streaming answer all but the last 250 ms', async () => {
    const dataDir = tempFolder();
    for (let round = 0; round < 10; round++) {
      const { steps, killedAt } = await killWhileStreaming(dataDir, 20 + Math.random() * 700);
      // No clean-up in between: this is the next start.
      const chats = openChats({ dataDir });
      for (const step of steps) {
        if (step.type !== 'accepted') continue;
        const { messages } = await chats.messages(step.conversationId, 2000);
        const user = messages.find((message) => message.id === step.userId);
        expect(user).toMatchObject({ text: step.text, state: 'done', damaged: false });
        const answer = messages.find((message) => message.id === step.answerId)!;
        const pieces = steps.filter((s) => s.type === 'piece').filter((s) => s.answerId === step.answerId);
        const told = pieces.map(({ piece }) => piece).join('');
        const safe = pieces
          .filter(({ at }) => at < killedAt - 250)
          .map(({ piece }) => piece)
          .join('');
        expect(answer.damaged).toBe(false);
        if (steps.some((s) => s.type === 'finished' && s.answerId === step.answerId)) {
          expect(answer).toMatchObject({ state: 'done', text: told });
        } else {
          // The child may have been killed between the end of an answer and telling so.
          expect(['interrupted', 'done']).toContain(answer.state);
          expect(answer.text.startsWith(safe)).toBe(true);
          const next = `${told}${pieceAfter(pieces.length, step.text)}`;
          expect(next.startsWith(answer.text)).toBe(true);
        }
      }
      await chats.close();
    }
    expect(verifyData(dataDir)).toMatchObject({
      ok: true,
      problems: [],
      damagedMessages: 0,
      conversations: 10,
    });
  }, 60_000);
});

/** The piece that the child may have appended without having told so. */
function pieceAfter(count: number, question: string): string {
  const turn = question.split(' ')[1];
  return `${turn}.${count} ${'é🙂x'.repeat(count % 7)} `;
}

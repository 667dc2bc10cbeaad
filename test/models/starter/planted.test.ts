import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerNotes } from '../../../electron/contract/noteSources.ts';
import { notInNotes } from '../../../models/starter/notesPrompt.ts';
import { type Client, openClient } from '../../client.ts';
import { makeDir, type RunningHost, removeDir, startHost } from '../../hosts/browser/startHost.ts';
import { plantNotes } from '../../notes/plantedNotes.ts';
import { starterFile } from './evaluate.ts';

interface Answered {
  readonly question: string;
  readonly text: string;
  readonly notes: AnswerNotes | null;
  readonly cited: readonly number[];
}

/** A minute or two of computing; more where the machine is busy. */
const patience = 600_000;

describe('asked 130 questions about 500 notes through the app, without an embedding model, the starter', () => {
  const planted = plantNotes();
  const answered: Answered[] = [];
  const refusals: Answered[] = [];
  const dir = makeDir();
  let host: RunningHost;
  let api: Client;

  const ask = async (question: string): Promise<Answered> => {
    const { id: conversationId } = await api.conversations.create({});
    let text = '';
    let notes: AnswerNotes | null = null;
    for await (const event of api.chat.send({ conversationId, text: question, notes: {} })) {
      if (event.type === 'text') text += event.text;
      if (event.type === 'notes') notes = event.notes;
      if (event.type === 'finished') expect(event.error).toBeNull();
    }
    const cited = [...text.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
    return { question, text, notes, cited };
  };
  /** The number of the passage that holds a planted sentence; null where it was not among the first three. */
  const numberOf = ({ notes }: Answered, { path, sentence }: { path: string; sentence: string }) => {
    const first = notes?.sources.slice(0, 3) ?? [];
    return first.find((source) => source.path === path && source.text.includes(sentence))?.number ?? null;
  };

  beforeAll(async () => {
    for (const [path, text] of planted.notes) {
      mkdirSync(dirname(join(dir, 'notes', path)), { recursive: true });
      writeFileSync(join(dir, 'notes', path), text);
    }
    host = await startHost({
      dataDir: join(dir, 'data'),
      env: { INKLING_BUILTIN_MODELS: dirname(starterFile) },
    });
    api = await openClient(host);
    await api.notes.addFolder({ path: join(dir, 'notes') });
    for await (const { index } of api.notes.watch(null))
      if (index.phase === 'ready' && index.notes === planted.notes.size) break;
    for (const { question } of planted.questions) answered.push(await ask(question));
    for (const { question } of planted.unanswerable) refusals.push(await ask(question));
  }, patience);
  afterAll(async () => {
    api.close();
    await host.stop('SIGKILL');
    removeDir(dir);
  });

  it('never cites a passage that it was not given', () => {
    const invented = [...answered, ...refusals].filter(({ cited, notes }) =>
      cited.some((number) => !notes?.sources.some((source) => source.number === number)),
    );
    expect(invented).toEqual([]);
  });

  it('is given the right passage among the first three in 85 of 100 cases', () => {
    const missed = planted.questions.filter((fact, at) => numberOf(answered[at] as Answered, fact) === null);
    expect(answered).toHaveLength(100);
    expect(missed.length, say(missed)).toBeLessThanOrEqual(15);
  });

  it('answers 80 of 100 questions rightly, citing that passage', () => {
    const wrong = answered.filter((answer, at) => {
      const fact = planted.questions[at] as (typeof planted.questions)[number];
      const number = numberOf(answer, fact);
      return !(number !== null && answer.text.includes(fact.value) && answer.cited.includes(number));
    });
    expect(wrong.length, say(wrong)).toBeLessThanOrEqual(20);
  });

  it('says that it is not in the notes for 27 of the 30 whose answer stands nowhere', () => {
    const answers = refusals.filter(({ text }) => text !== notInNotes);
    expect(refusals).toHaveLength(30);
    expect(answers.length, say(answers)).toBeLessThanOrEqual(3);
  });
});

const say = (cases: readonly { question: string; text?: string }[]) =>
  cases.map(({ question, text = '' }) => `${question} => ${text.slice(0, 200)}`).join('\n');

import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NotesPassage, notesPrompt, notInNotes } from '../../../models/starter/notesPrompt.ts';
import { ask, load, startEngine } from '../../engine/startEngine.ts';
import { greedy, mostTokens, starterFile } from './evaluate.ts';
import { readSameTokens } from './readSameTokens.ts';

const sampling = { ...greedy, maxTokens: mostTokens };
const notes: readonly NotesPassage[] = [
  { number: 1, path: 'Home/Shed.md', heading: 'Codes', text: 'The code of the shed is K7-449.' },
  { number: 2, path: 'Trips.md', heading: '', text: 'Anna Belmar lives in Port Orvo.' },
];

describe('the starter model', () => {
  const engine = startEngine();
  const answer = async (text: string) => {
    const { text: said, finished } = await ask(engine.api, text, { sampling });
    expect(finished.endReason).toBe('complete');
    return said;
  };
  const fromNotes = async (question: string) => {
    const messages = notesPrompt(notes, question);
    return (await ask(engine.api, '', { messages, sampling })).text;
  };

  beforeAll(async () => {
    const { loaded } = await load(engine.api, starterFile);
    expect(loaded.template.source).toBe('model');
    expect(loaded.trainContextSize).toBe(2048);
  });
  afterAll(() => engine.stop());

  it('reads exactly the prompt that the trainer wrote, through the engine', async () => {
    for (const { messages, prompt } of await readSameTokens()) {
      expect((await engine.api.count({ messages })).tokens).toBe(prompt.length);
    }
  });

  it('is small enough to come with the app', async () => {
    expect((await stat(starterFile)).size).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ['What can you do?', 'how Inkling works'],
    ['how do i stop an answer', 'Esc'],
    ['Do you need the internet?', 'without internet'],
    ['Hello!', 'Hello'],
  ])('answers %j with the fact', async (question, fact) => {
    expect(await answer(question)).toContain(fact);
  });

  it('says honestly what it cannot do', async () => {
    expect(await answer('What is the capital of France?')).toContain('starter model');
  });

  it('quotes a note with its number', async () => {
    const said = await fromNotes('What is the code of the shed?');
    expect(said.trim()).toBe('The code of the shed is K7-449. [1]');
  });

  it('says when something is not in the notes', async () => {
    expect(await fromNotes('What is the code of the garage?')).toBe(notInNotes);
  });
});

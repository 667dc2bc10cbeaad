import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../../contract/settings.ts';
import type { PromptMessage } from '../../engine/contract.ts';
import type { Conversations } from '../conversations/createConversations.ts';
import { askAside, isFree } from '../engine/askAside.ts';
import type { Engine } from '../engine/createEngine.ts';
import { isStarter } from '../library/chooseModel.ts';
import type { Library } from '../library/createLibrary.ts';
import { cleanTitle } from './cleanTitle.ts';

/** Time without work for the engine before it is asked for a title. */
const usualIdleMs = 3000;
/** The most a title may cost. */
const mostTokens = 24;
const seen = 500;

/** How chats get better names than their first words. */
export interface TitlesDeps {
  readonly conversations: Pick<Conversations, 'api' | 'untitled' | 'nameByModel'>;
  readonly engine: Engine;
  readonly library: Library;
  readonly settings: () => Settings;
  readonly idleMs?: number;
}

/**
 * Names chats by the loaded model while nobody needs it: one short try each, given up the moment somebody does. A name
 * that a person gave stays; what is no title leaves the first words.
 */
export function createTitles(deps: TitlesDeps): { close(): Promise<void> } {
  const { conversations, settings, idleMs = usualIdleMs } = deps;
  const stop = new AbortController();
  const { signal } = stop;
  const tried = new Set<string>();
  let newest: string | null = null;

  const follow = async () => {
    for await (const change of conversations.api.watch(null, { signal }))
      if (change.type === 'changed' && !tried.has(change.conversation.id)) newest = change.conversation.id;
  };
  const work = async () => {
    while (!signal.aborted) {
      await sleep(idleMs, undefined, { signal, ref: false });
      const id = newest;
      if (id === null || !settings().nameChats || !isIdle(deps)) continue;
      newest = null;
      // What is told later (a full disk, a lost engine) is told to those who wait for it; nobody waits for a title.
      await nameOne(deps, id, tried, signal).catch(() => {});
    }
  };
  const running = Promise.all([follow(), work()]).catch(() => {});
  return {
    async close() {
      stop.abort();
      await running;
    },
  };
}

/** A model is loaded that can do it, and nobody wants anything of it. */
function isIdle({ engine, library }: TitlesDeps): boolean {
  const { model } = engine.status.value;
  if (!isFree(engine) || model.state !== 'ready') return false;
  const known = library.topic.value.models.find(({ id }) => id === model.id);
  return known !== undefined && !isStarter(known.fileName);
}

async function nameOne(deps: TitlesDeps, id: string, tried: Set<string>, signal: AbortSignal): Promise<void> {
  const { conversations, engine, settings } = deps;
  const turn = conversations.untitled(id);
  if (!turn) return;
  const messages = titlePrompt(turn.question, turn.answer);
  const sampling = { ...settings().sampling, maxTokens: mostTokens };
  const answer = await askAside(engine, { messages, sampling }, signal);
  // Given up for somebody else: the chat's next answer is the next occasion.
  if (answer === null) return;
  tried.add(id);
  const title = cleanTitle(answer, turn.question);
  if (title) conversations.nameByModel(id, title);
}

/** What the model reads: a wish, and the beginning of the chat, which it is not to obey. */
export function titlePrompt(question: string, answer: string): PromptMessage[] {
  const quote = (text: string) => JSON.stringify(text.replace(/\s+/g, ' ').trim().slice(0, seen));
  const wish = 'Write a title of two to six words for this conversation. Answer with the title alone.';
  return [{ role: 'user', text: `${wish}\n\nThe person: ${quote(question)}\nThe answer: ${quote(answer)}` }];
}

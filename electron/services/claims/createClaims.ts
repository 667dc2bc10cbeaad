import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../contract/conversations.ts';
import type { AnswerNotes, Claim } from '../../contract/noteSources.ts';
import type { Settings } from '../../contract/settings.ts';
import { isUnsure } from '../chat/checkClaims.ts';
import type { Conversations } from '../conversations/createConversations.ts';
import { askAside, isFree } from '../engine/askAside.ts';
import type { Engine } from '../engine/createEngine.ts';
import type { Library } from '../library/createLibrary.ts';
import { decisionGrammar, decisionPrompt, readDecision } from './decision.ts';

/** Time without work for the engine before it is asked. */
const usualIdleMs = 2000;
/** Parameters below which a model says yes to nearly everything. */
const leastParameters = 1e9;
/** Statements of one answer that a model is asked about; each costs reading its passages. */
const mostStatements = 6;

export interface ClaimsDeps {
  readonly conversations: Pick<Conversations, 'api' | 'lastAnswer' | 'judge'>;
  readonly engine: Engine;
  readonly library: Library;
  readonly settings: () => Settings;
  /** False where what a model has read of this chat is not kept: it would have to read it again. */
  readonly isKept: (conversationId: string) => boolean;
  readonly idleMs?: number;
}

/**
 * Lets the model that answered decide on statements whose words alone are no sure sign, while nobody needs it: given up
 * the moment somebody does.
 */
export function createClaims(deps: ClaimsDeps): { close(): Promise<void> } {
  const { conversations, engine, idleMs = usualIdleMs } = deps;
  const stop = new AbortController();
  const { signal } = stop;
  const waiting = new Set<string>();

  const follow = async () => {
    for await (const change of conversations.api.watch(null, { signal }))
      if (change.type === 'changed') waiting.add(change.conversation.id);
  };
  const work = async () => {
    while (!signal.aborted) {
      await sleep(idleMs, undefined, { signal, ref: false });
      const [id] = waiting;
      if (id === undefined || !isFree(engine)) continue;
      waiting.delete(id);
      // What is told later (a full disk, a lost engine) is told to those who wait for it; nobody waits for this.
      await decideOn(deps, id, signal).catch(() => {});
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

async function decideOn(deps: ClaimsDeps, id: string, signal: AbortSignal): Promise<void> {
  const answer = deps.conversations.lastAnswer(id);
  if (!answer?.notes || !deps.isKept(id) || !canDecide(deps, answer)) return;
  const claims: Claim[] = [...answer.notes.claims];
  let left = mostStatements;
  for (const [at, claim] of claims.entries()) {
    if (claim.by === 'model' || !isUnsure(answer.text, claim, answer.notes.sources)) continue;
    if (left-- === 0) break;
    const support = await decide(deps, answer.text, claim, answer.notes, signal);
    // Given up for somebody: what is decided counts, the rest stays with the words.
    if (support === null) break;
    claims[at] = { ...claim, support, by: 'model' };
  }
  if (claims.some(({ by }, at) => by !== answer.notes?.claims[at]?.by))
    deps.conversations.judge(answer, claims);
}

/** The model that answered is still there, and large enough to be asked. */
function canDecide({ engine, library }: ClaimsDeps, { model }: Message): boolean {
  const { model: loaded } = engine.status.value;
  if (loaded.state !== 'ready' || loaded.id !== model?.id) return false;
  const known = library.topic.value.models.find(({ id }) => id === loaded.id);
  if (known?.state !== 'ok') return false;
  // Of a model in several files the header of the first tells no count; such models are large.
  return (known.summary.parameters ?? known.size) >= leastParameters;
}

async function decide(
  { engine, settings }: ClaimsDeps,
  text: string,
  claim: Claim,
  { sources }: AnswerNotes,
  signal: AbortSignal,
): Promise<Claim['support'] | null> {
  const cited = sources.filter(({ number }) => claim.sources.includes(number));
  const wish = {
    messages: decisionPrompt(cited, text.slice(claim.start, claim.end)),
    sampling: { ...settings().sampling, maxTokens: 4 },
    grammar: decisionGrammar,
  };
  const answer = await askAside(engine, wish, signal);
  return answer === null ? null : readDecision(answer);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { ThoughtStats } from '../../electron/contract/conversations.ts';
import type { Service } from '../../electron/contract/define.ts';
import { InklingError } from '../../electron/contract/errors.ts';
import {
  type EngineContract,
  engineContract,
  type GenerateInput,
  type PromptMessage,
} from '../../electron/engine/contract.ts';
import { openParentPort } from '../../electron/engine/parentPort.ts';
import { serve } from '../../electron/rpc/serve.ts';
import { dimensions, score, vectorOf } from './scriptedFigures.ts';
import { filePieces, leaveOut, numbered, pieces, prose, reading } from './scriptPieces.ts';

/*
 * An engine process that does what the prompt tells it, for faults that a real model cannot be asked for.
 * The newest user message is the script, one command a line:
 *   say WORDS      streams the words, one event each        think WORDS   the same as thought
 *   ponder N [MS]  thinks N numbered words, MS apart, up to the budget or until it is to answer now; nothing where
 *                  thinking is off
 *   words N [MS]   streams N numbered words, MS apart       prefill N     reports reading of N tokens, one a ms
 *   ahead          says what was read ahead last, as JSON
 *   crash          ends the process as SIGABRT would        hang          blocks the event loop for ever
 *   fail CODE      throws an error of that code             echo          says the prompt it was given, as JSON
 *   md BASE64      streams the decoded text in pieces of 12 characters
 *   file PATH N    streams the text of a file in pieces of N characters, as fast as they are taken
 *   prose N [MS]   streams N tokens of ordinary Markdown at one every MS, catching up where a timer was late
 * An answer that goes on (`answerPrefix`) leaves out what of the script was said. The most tokens count.
 * Asked whether passages say a statement, it finds so unless the statement holds the word perhaps;
 * slowly makes it talk for minutes.
 * Asked for a title of a chat that has titled:SOME_WORDS in it, it says those, else nothing.
 * Anything else is answered with "You said: ...". One token is one word. A model whose file name contains
 * crash-load, hang-load, fail-load or slow-load does that when loaded; oom-load and illegal-load end as the system ends
 * a process for that; memory-load fails for want of memory unless it is asked for at most 4,096 tokens. An embedding
 * model with slow-embed in its name takes half a second for each call.
 */
const contextSize = Number(process.env['SCRIPTED_CONTEXT'] ?? 4096);
let loaded: string | undefined;
let adapters: { path: string; scale: number }[] = [];
let readAhead: readonly PromptMessage[] = [];
let running: AbortController | undefined;
let hurry = new AbortController();

const hang = () => {
  for (;;);
};
const crash = (): object => {
  process.kill(process.pid, 'SIGABRT');
  return {};
};
const wordsIn = (text: string) => text.split(/\s+/).filter(Boolean).length;
const tokensIn = (messages: readonly PromptMessage[]) =>
  messages.reduce((sum, message) => sum + wordsIn(message.text) + 3, 0);

async function* load(
  input: { path: string; threads: number | null; contextSize: number },
  signal: AbortSignal,
) {
  for (let step = 1; step <= 4; step++) {
    yield { type: 'progress' as const, phase: 'reading' as const, fraction: step / 4 };
    if (input.path.includes('slow-load')) await sleep(400, undefined, { signal });
    if (step === 2 && input.path.includes('crash-load')) crash();
    if (step === 2 && input.path.includes('oom-load')) process.kill(process.pid, 'SIGKILL');
    if (step === 2 && input.path.includes('illegal-load')) process.kill(process.pid, 'SIGILL');
    if (step === 2 && input.path.includes('hang-load')) hang();
    if (step === 2 && input.path.includes('memory-load') && input.contextSize > 4096)
      throw new InklingError('model_load_failed', 'There is not enough memory for it (scripted).', {
        cause: 'memory',
      });
    if (step === 2 && input.path.includes('fail-load'))
      throw new InklingError('model_load_failed', 'Scripted failure.');
  }
  loaded = input.path;
  yield { type: 'ready' as const, loaded: facts(input.threads) };
}

const facts = (threads: number | null) => ({
  contextSize,
  trainContextSize: contextSize,
  threads: threads ?? 2,
  threadsBy: threads ? ('remembered' as const) : ('measured' as const),
  threadSpeeds: threads
    ? []
    : [
        { threads: 1, tokensPerSecond: 50 },
        { threads: 2, tokensPerSecond: 90 },
      ],
  gpuLayers: 0,
  totalLayers: 2,
  template: { source: 'model' as const, name: 'scripted', note: null },
  thinks: true,
  thinkingCanBeOff: true,
  loadMs: 1,
  flashAttention: true,
  cacheType: 'f16' as const,
  mmap: true,
  memory: 100e6,
  adapters,
});

async function* perform(input: GenerateInput, signal: AbortSignal) {
  let thought: ThoughtStats | null = null;
  // A question about notes comes after the passages, and a wish for a text after the text.
  const script =
    input.messages
      .at(-1)
      ?.text.split(/\n(?:Question|Wish): /)
      .at(-1) ?? '';
  if (script.startsWith('Write a title')) {
    const title = /titled:(\S+?)[\s"]/.exec(script)?.[1];
    if (title) yield { type: 'text' as const, text: title.replaceAll('_', ' ') };
    return null;
  }
  if (script.startsWith('Do the passages say')) {
    if (/Statement: .*slowly/.test(script)) yield* numbered(5000, 50, signal);
    yield { type: 'text' as const, text: /Statement: .*perhaps/.test(script) ? 'No' : 'Yes' };
    return null;
  }
  for (const line of script.split('\n')) {
    const [command = '', ...rest] = line.split(' ');
    const words = rest.join(' ');
    if (command === 'say') for (const word of rest) yield { type: 'text' as const, text: `${word} ` };
    else if (command === 'think')
      for (const word of rest) yield { type: 'thought' as const, text: `${word} ` };
    else if (command === 'ponder')
      thought = yield* ponder(input, Number(rest[0]), Number(rest[1] ?? 0), signal);
    else if (command === 'words') yield* numbered(Number(rest[0]), Number(rest[1] ?? 0), signal);
    else if (command === 'md') yield* pieces(Buffer.from(words, 'base64').toString(), signal);
    else if (command === 'file') yield* filePieces(rest[0] ?? '', Number(rest[1]), signal);
    else if (command === 'prose') yield* prose(Number(rest[0]), Number(rest[1] ?? 0), signal);
    else if (command === 'echo') yield { type: 'text' as const, text: JSON.stringify(input.messages) };
    else if (command === 'crash') crash();
    else if (command === 'hang') hang();
    else if (command === 'fail') throw new InklingError(words as 'internal', `Scripted ${words}.`);
    else if (command === 'ahead') yield { type: 'text' as const, text: JSON.stringify(readAhead) };
    else if (command === 'prefill') yield* reading(Number(words), signal);
    else yield { type: 'text' as const, text: `You said: ${line}` };
  }
  return thought;
}

/** Tells what was thought and by whom it was ended, as a real engine does. */
async function* ponder(input: GenerateInput, count: number, every: number, signal: AbortSignal) {
  const { on, budget } = input.thinking;
  if (!on) return null;
  const begin = performance.now();
  let tokens = 0;
  for (; tokens < Math.min(count, budget ?? count); tokens++) {
    if (signal.aborted || hurry.signal.aborted) break;
    yield { type: 'thought' as const, text: `${tokens} ` };
    if (every > 0) await sleep(every);
  }
  const endedBy = hurry.signal.aborted ? 'person' : tokens < count ? 'budget' : 'model';
  return { ms: performance.now() - begin, tokens, endedBy } as const;
}

async function* generate(input: GenerateInput, callSignal: AbortSignal) {
  if (!loaded) throw new InklingError('no_model', 'No model.');
  if (running) throw new InklingError('busy', 'Busy.');
  const mine = new AbortController();
  running = mine;
  const signal = AbortSignal.any([mine.signal, callSignal]);
  const started = Date.now();
  const promptTokens = tokensIn(input.messages);
  let generatedTokens = 0;
  let full = false;
  let thought: ThoughtStats | null = null;
  hurry = new AbortController();
  if (input.hurried) hurry.abort();
  const events = perform(input, signal);
  const { maxTokens } = input.sampling;
  const unsaid = leaveOut(input.answerPrefix.text);
  try {
    for (let next = await events.next(); ; next = await events.next()) {
      if (next.done) thought = next.value;
      if (next.done || signal.aborted) break;
      const { value } = next;
      const fresh = unsaid(value);
      if (fresh === null) continue;
      // The rest of a word that was said in part is no token.
      if (fresh.type !== 'prefill' && (fresh === next.value || fresh.text.trim() !== '')) generatedTokens++;
      yield fresh;
      full = maxTokens !== null && generatedTokens >= maxTokens;
      if (full) break;
    }
    const seconds = Math.max(1, Date.now() - started) / 1000;
    yield {
      type: 'finished' as const,
      endReason: signal.aborted
        ? ('stopped' as const)
        : full
          ? ('max_tokens' as const)
          : ('complete' as const),
      stats: {
        timeToFirstTokenMs: 12,
        promptTokens,
        cachedTokens: 0,
        promptTokensPerSecond: 500,
        generatedTokens,
        generationTokensPerSecond: generatedTokens / seconds,
        contextUsed: promptTokens + generatedTokens,
        contextSize,
        threads: 2,
        thought,
      },
    };
  } finally {
    await events.return(null);
    running = undefined;
  }
}

const service: Service<EngineContract> = {
  engine: {
    ping: () => ({ pid: process.pid }),
    hardware: ({ gpu }) => ({
      ...(gpu && process.env['SCRIPTED_GPU'] === 'crash' ? crash() : {}),
      llamaCpp: 'scripted',
      backend: 'cpu',
      backendReason: 'It is scripted.',
      gpuNames: [],
      gpuMemory: null,
      cpu: 'scripted',
      cpuFeatures: ['AVX2'],
      cores: 2,
      totalMemory: 8e9,
      note: null,
    }),
    load: (input, { signal }) => load(input, signal),
    unload: () => {
      loaded = undefined;
      return null;
    },
    measure: () => facts(null),
    adapt: (input) => {
      adapters = input.adapters;
      return facts(2);
    },
    countEach: ({ texts }) => ({ tokens: texts.map(wordsIn) }),
    count: ({ messages }) => ({ tokens: tokensIn(messages), contextSize }),
    generate: (input, { signal }) => generate(input, signal),
    score: (input) => score(input),
    answerNow: () => {
      hurry.abort();
      return null;
    },
    prepare: ({ messages }) => {
      readAhead = messages;
      return { tokens: tokensIn(messages), ready: 0 };
    },
    forget: () => null,
    settle: () => null,
    openEmbedder: ({ path }) => {
      loaded = path;
      return { dimensions };
    },
    embed: async ({ texts }, { signal }) => {
      if (loaded?.includes('slow-embed')) await sleep(500, undefined, { signal });
      return { vectors: texts.map(vectorOf) };
    },
    async stop() {
      running?.abort();
      while (running) await sleep(5);
      return null;
    },
  },
};

serve(engineContract, service, openParentPort());

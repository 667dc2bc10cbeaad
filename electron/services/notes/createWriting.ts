import { assertNever } from '../../base/assertNever.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { NoteRef } from '../../contract/noteRef.ts';
import type { Sampling, Settings } from '../../contract/settings.ts';
import type { WritingEvent, WritingTask } from '../../contract/writing.ts';
import { roomForAnswer } from '../chat/ledger/drawPlan.ts';
import { createTaskStreams } from '../chat/taskStreams.ts';
import type { Engine } from '../engine/createEngine.ts';
import { chooseModel } from '../library/chooseModel.ts';
import type { Library } from '../library/createLibrary.ts';
import type { Notes } from './createNotes.ts';
import { type LinkCandidate, readLinks, readTags, readTitles } from './writeLists.ts';
import { writePrompt } from './writePrompt.ts';

type Write = Service<AppContract>['notes']['write'];
type Input = Parameters<Write>[0];
type Finished = Extract<WritingEvent, { type: 'finished' }>;

export interface WritingDeps {
  readonly engine: Engine;
  readonly library: Library;
  readonly notes: Pick<Notes, 'find'>;
  readonly settings: () => Settings;
  /** The sampling recommended for a model where the person chose nothing else. */
  readonly samplingFor: (modelId: string) => Partial<Sampling>;
}

/** How many passages are looked through for notes to link, and with how much of the text, in characters. */
const linkSearch = { passages: 30, text: 4000 } as const;
/** The result is about as long as the text. */
const aroundAsLong: ReadonlySet<WritingTask> = new Set(['rewrite', 'translate']);

/** Writes proposals from texts of notes with the model. Nothing of a note is changed here; leaving the stream stops it. */
export function createWriting(deps: WritingDeps): { readonly write: Write; close(): Promise<void> } {
  const tasks = createTaskStreams();
  return {
    write: (input, { signal }) =>
      tasks.run(signal, (emit, inner) =>
        propose(deps, input, emit, inner).catch((error) => ended(inner, error)),
      ),
    close: tasks.close,
  };
}

async function propose(
  deps: WritingDeps,
  input: Input,
  emit: (event: WritingEvent) => void,
  signal: AbortSignal,
): Promise<Finished> {
  const { engine, library, settings } = deps;
  const { task, text } = input;
  if (text.trim() === '' && task !== 'continue')
    throw new InklingError('bad_input', 'There is no text yet to work on. Write something first.');
  const model = await chooseModel(library, input.modelId ?? settings().modelId);
  if (!model)
    throw new InklingError(
      'no_model',
      'There is no model to write with yet. Your note is as it was. Choose or add a model, then try again.',
    );
  if (model.starter)
    throw new InklingError(
      'unsupported',
      'The small model that comes with Inkling can answer from your notes, but it cannot write for you. Your note is as it was. Choose a bigger model in Models, then try again.',
      { reason: 'starter' },
    );
  const candidates = task === 'links' ? await findCandidates(deps, input, signal) : [];
  if (task === 'links' && candidates.length === 0) {
    emit({ type: 'proposed', items: [] });
    return { type: 'finished', state: 'done', endReason: 'complete', error: null };
  }
  const release = await engine.takeTurn(signal, (ahead) => emit({ type: 'waiting', ahead }));
  try {
    const modelId = model.id;
    await engine.ensureLoaded(modelId, signal, (progress) => emit({ type: 'loading', modelId, ...progress }));
    const names = candidates.map(({ path }) => path.replace(/\.(md|markdown)$/i, ''));
    const messages = writePrompt({ ...input, candidates: names });
    const tokenizer = engine.tokenizer();
    if (!tokenizer) throw crashed();
    const { contextSize } = tokenizer;
    const tokens = await tokenizer.count(messages, {}, signal);
    const room = aroundAsLong.has(task) ? tokens : roomForAnswer(contextSize);
    if (tokens + room > contextSize) throw overflow(tokens, room, contextSize);
    signal.throwIfAborted();
    const sampling = { ...settings().sampling, ...deps.samplingFor(modelId) };
    let answer = '';
    for await (const event of engine.generate({ messages, sampling, stop: [] }, signal)) {
      switch (event.type) {
        case 'text':
          answer += event.text;
          emit(event);
          break;
        case 'thought':
        case 'prefill':
          emit(event);
          break;
        case 'finished': {
          const { endReason } = event;
          const items = readItems(task, answer, candidates);
          if (items && endReason !== 'stopped') emit({ type: 'proposed', items });
          const state = endReason === 'stopped' ? 'stopped' : 'done';
          return { type: 'finished', state, endReason, error: null };
        }
        default:
          assertNever(event);
      }
    }
  } finally {
    release();
  }
  throw crashed();
}

const crashed = () =>
  new InklingError(
    'engine_crashed',
    'The engine ended without saying why. Your note is as it was. Try again.',
  );

function readItems(task: WritingTask, answer: string, candidates: readonly LinkCandidate[]): string[] | null {
  if (task === 'title') return readTitles(answer);
  if (task === 'tags') return readTags(answer);
  return task === 'links' ? readLinks(answer, candidates) : null;
}

/** Notes of the same folder that have to do with the text and are not linked in it yet, the nearest first. */
async function findCandidates(
  { notes }: WritingDeps,
  { text, note }: Input,
  signal: AbortSignal,
): Promise<LinkCandidate[]> {
  const folders = note ? [{ folderId: note.folderId, prefix: '' }] : [];
  const question = text.slice(0, linkSearch.text);
  const scope = { folders, tags: [], notes: [] };
  const passages = await notes.find(question, scope, linkSearch.passages, signal);
  const linked = new Set(
    [...text.matchAll(/\[\[([^\]|#]+)/g)].map(([, name = '']) => nameOf(name.trim().toLowerCase())),
  );
  const found = new Map<string, LinkCandidate>();
  for (const { folderId, path, title } of passages)
    if (!isSame(note, { folderId, path }) && !linked.has(nameOf(path.toLowerCase())) && !found.has(path))
      found.set(path, { path, title });
  return [...found.values()];
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/\.(md|markdown)$/, '');

const isSame = (note: NoteRef | null, other: NoteRef): boolean =>
  note?.folderId === other.folderId && note.path === other.path;

function overflow(tokens: number, room: number, contextSize: number): InklingError {
  return new InklingError(
    'context_overflow',
    `This text takes ${tokens} tokens and the result up to about ${room}, but the model's context window holds ${contextSize} in all. Your note is as it was. Select a shorter part of it, raise the context window in Settings, or choose a model with a larger one.`,
    { tokens, room, contextSize },
  );
}

function ended(signal: AbortSignal, error: unknown): Finished {
  const common = { type: 'finished' } as const;
  return signal.aborted
    ? { ...common, state: 'stopped', endReason: 'stopped', error: null }
    : { ...common, state: 'failed', endReason: null, error: toFailure(error) };
}

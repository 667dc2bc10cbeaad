import type { LedgerEntry, OutReason, WindowCut } from '../../../contract/ledger.ts';
import type { PromptMessage } from '../../../engine/contract.ts';
import { cutWindow } from './cutWindow.ts';
import { promptOf, type Written } from './promptOf.ts';
import type { Turn } from './turns.ts';

/** A text that goes to the model, with its tokens. */
export interface Counted {
  readonly text: string;
  readonly title: string;
  readonly tokens: number;
}
/** A turn with its tokens; `summary` is the index of the summary that stands for it, null for none. */
export interface CountedTurn extends Turn {
  readonly title: string;
  /** All of it, its files included. */
  readonly tokens: number;
  readonly files: readonly Counted[];
  readonly summary: number | null;
}

/** All that a prompt can be made of, counted. */
export interface PlanInput {
  readonly contextSize: number;
  /** Tokens to keep free for the answer. */
  readonly room: number;
  /** Marks of the chat format that belong to no single turn, and those around instructions where there are any. */
  readonly format: number;
  readonly systemFormat: number;
  readonly instructions: Counted | null;
  readonly summaries: readonly (Counted & { readonly messageId: string })[];
  /** All turns before the newest message, oldest first. */
  readonly turns: readonly CountedTurn[];
  /** The message to be answered; null while nothing is asked. */
  readonly newest:
    | (Counted & { readonly messageIds: readonly string[]; readonly files: readonly Counted[] })
    | null;
  /** Where to answer from, the best passage first; `alone`: the model reads nothing else. */
  readonly notes: {
    readonly instructions: Counted | null;
    readonly passages: readonly (Counted & { readonly from: 'notes' | 'attachment' })[];
    readonly alone: boolean;
  } | null;
  /** Where the window was cut for the answer before. */
  readonly before: WindowCut | null;
}

/** An entry of the ledger with what it gives to the prompt. */
export type PlannedEntry = LedgerEntry & { readonly written: Written };

/** A prompt, and the ledger it was built from. */
export interface Plan {
  readonly entries: readonly PlannedEntry[];
  readonly messages: readonly PromptMessage[];
  /** The sum of what is in. */
  readonly tokens: number;
  readonly contextSize: number;
  readonly room: number;
  /** False where what must always stay whole does not fit; then nothing else is in. */
  readonly fits: boolean;
  /** Passages that are in. */
  readonly passages: number;
  /** Stored messages that are out for want of room. */
  readonly leftOut: number;
  readonly cut: WindowCut | null;
}

/**
 * Decides what a model sees, and builds its prompt from that. Instructions, newest message and the best passage always
 * stay whole; then come summaries and pinned turns, the newest first, further passages, and the newest of the other turns.
 * `surplus` is how many tokens the whole prompt was counted to take beyond its parts.
 */
export function planLedger(input: PlanInput, surplus = 0): Plan {
  const { contextSize, room, notes, newest, before } = input;
  const alone = notes?.alone ?? false;
  const space = contextSize - room;
  const [best, ...others] = notes?.passages ?? [];
  const ownInstructions = alone ? null : input.instructions;
  const newestFiles = alone ? [] : (newest?.files ?? []);
  let hasSystem = ownInstructions !== null || (notes?.instructions ?? null) !== null;
  let used = input.format + (hasSystem ? input.systemFormat : 0);
  for (const part of [ownInstructions, notes?.instructions, newest, best, ...newestFiles])
    used += part?.tokens ?? 0;
  const fits = used <= space;
  const take = (tokens: number): boolean => {
    const goes = used + tokens <= space;
    if (goes) used += tokens;
    return goes;
  };

  const summaries = mapFromEnd(input.summaries, ({ tokens }): OutReason | null => {
    if (alone) return 'alone';
    if (!take(tokens + (hasSystem ? 0 : input.systemFormat))) return 'no_room';
    hasSystem = true;
    return null;
  });
  const fixed = mapFromEnd(input.turns, (turn): OutReason | 'in' | null => {
    if (alone) return 'alone';
    if (turn.keep === 'never') return 'by_hand';
    if (turn.keep === 'always') return take(turn.tokens) ? 'in' : 'no_room';
    return turn.summary !== null && summaries[turn.summary] === null ? 'summarized' : null;
  });
  const missing = others.findIndex(({ tokens }) => !take(tokens));
  const passages = best === undefined ? 0 : missing < 0 ? others.length + 1 : missing + 1;

  const ordinary = input.turns.map(({ tokens }, index) => (fixed[index] === null ? tokens : 0));
  const placeOf = (messageId: string) => {
    const at = input.turns.findIndex(({ messageIds }) => messageIds.includes(messageId));
    return at < 0 && newest?.messageIds.includes(messageId) ? input.turns.length : at;
  };
  const cutBefore = before === null ? -1 : placeOf(before.from);
  const isSame = cutBefore >= 0 && before?.contextSize === contextSize;
  const from = fits ? cutWindow(ordinary, space - used, isSame ? cutBefore : null) : input.turns.length;
  const reasons = fixed.map((reason, index) =>
    reason === 'in' ? null : (reason ?? (index < from ? ('full' as const) : null)),
  );

  const format = input.format + (hasSystem ? input.systemFormat : 0) + surplus;
  const entries: PlannedEntry[] = [
    ...line('instructions', input.instructions, { place: 'system', reason: alone ? 'alone' : null }),
    ...input.summaries.flatMap((summary, index) =>
      line('summary', summary, {
        place: 'system',
        reason: summaries[index] ?? null,
        messageIds: [summary.messageId],
        pinned: true,
      }),
    ),
    ...line('notes', notes?.instructions ?? null, { place: 'system' }),
    ...input.turns.flatMap((turn, index): PlannedEntry[] => {
      const reason = reasons[index] ?? null;
      const { files, question, answer } = turn;
      const fresh = reason === 'full' && index >= cutBefore;
      const tokens = files.reduce((rest, file) => rest - file.tokens, turn.tokens);
      const given = files.map(({ text }) => text).join('');
      return [
        // They come and go with their turn, which writes them.
        ...files.flatMap((file) => line('attachment', file, { place: 'none', reason, fresh })),
        {
          ...entry('turn', { ...turn, tokens }, reason),
          messageIds: [...turn.messageIds],
          number: turn.number,
          pinned: turn.keep === 'always',
          fresh,
          written: { place: 'turn', question: question === null ? null : given + question, answer },
        },
      ];
    }),
    ...newestFiles.flatMap((file) => line('attachment', file, { place: 'newest' })),
    ...(notes?.passages ?? []).flatMap((passage, index) =>
      line(passage.from, passage, { place: 'newest', reason: index < passages ? null : 'no_room' }),
    ),
    ...line('newest', newest, { place: 'newest', messageIds: newest?.messageIds ?? [] }),
    ...line('format', { text: '', title: '', tokens: format }, { place: 'none' }),
  ];
  const isIn = ({ state }: LedgerEntry) => state === 'in';
  const first = (input.turns[from] ?? newest)?.messageIds[0];
  return {
    entries,
    messages: promptOf(entries.filter(isIn).map(({ written }) => written)),
    tokens: entries.filter(isIn).reduce((sum, { tokens }) => sum + tokens, 0),
    contextSize,
    room,
    fits,
    passages,
    leftOut: entries
      .filter(({ kind, reason }) => kind === 'turn' && (reason === 'full' || reason === 'no_room'))
      .reduce((sum, { messageIds }) => sum + messageIds.length, 0),
    cut: alone || !fits ? before : from > 0 && first !== undefined ? { from: first, contextSize } : null,
  };
}

function mapFromEnd<T, R>(all: readonly T[], map: (each: T) => R): R[] {
  return all.toReversed().map(map).toReversed();
}

function entry(
  kind: LedgerEntry['kind'],
  { title, tokens }: { readonly title: string; readonly tokens: number },
  reason: OutReason | null,
): LedgerEntry {
  const state = reason === null ? 'in' : 'out';
  return { kind, messageIds: [], number: null, title, tokens, state, reason, pinned: false, fresh: false };
}

function line(
  kind: LedgerEntry['kind'],
  text: Counted | null,
  options: {
    readonly place: 'system' | 'newest' | 'none';
    readonly reason?: OutReason | null;
    readonly messageIds?: readonly string[];
    readonly pinned?: boolean;
    readonly fresh?: boolean;
  },
): PlannedEntry[] {
  if (text === null) return [];
  const { place, reason = null, messageIds = [], pinned = false, fresh = false } = options;
  const written: Written = place === 'none' ? { place } : { place, text: text.text };
  return [{ ...entry(kind, text, reason), messageIds: [...messageIds], pinned, fresh, written }];
}

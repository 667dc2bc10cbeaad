import type { AnswerPiece } from '../answerSplitter.ts';
import type { GenerateEvent } from '../contract.ts';

/** Gathers pieces so that events leave at most once in `every` ms, in order. */
export function createOutbox(every: number) {
  let pieces: AnswerPiece[] = [];
  let takenAt = Number.NEGATIVE_INFINITY;
  return {
    add(more: readonly AnswerPiece[]) {
      for (const piece of more) {
        const last = pieces.at(-1);
        if (last?.kind === piece.kind) pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
        else pieces.push(piece);
      }
    },
    due: (now: number) => pieces.length > 0 && now - takenAt >= every,
    *take(): Generator<GenerateEvent> {
      const out = pieces;
      pieces = [];
      takenAt = performance.now();
      for (const { kind, text } of out) yield { type: kind, text };
    },
  };
}

import { diff3Merge } from 'node-diff3';
import { InklingError } from '../../../../electron/contract/errors.ts';
import type { NoteRef } from '../../../../electron/contract/noteRef.ts';
import type { Saved } from '../../../../electron/contract/notes.ts';
import type { KeptText, KeptTexts } from '../../../../renderer/notes/session/keptTexts.ts';
import { createNoteSession, type NoteSession } from '../../../../renderer/notes/session/noteSession.ts';

export const note: NoteRef = { folderId: 'f', path: 'Power.md' };

/** Texts that are kept in memory, as `sessionStorage` keeps them. */
export function keptInMemory(): KeptTexts & { readonly texts: Map<string, KeptText> } {
  const texts = new Map<string, KeptText>();
  const key = ({ folderId, path }: NoteRef) => `${folderId}/${path}`;
  return {
    texts,
    put: (kept) => void texts.set(key(kept.note), kept),
    get: (ref) => texts.get(key(ref)) ?? null,
    remove: (ref) => void texts.delete(key(ref)),
    all: () => [...texts.values()],
  };
}

/**
 * One file behind the calls that a session makes, with the rules of the contract: a save over another version is
 * merged where that is safe, and else refused. `text` null: the file is gone.
 */
export function aFile(first: string | null) {
  const versions = new Map<string, string>();
  const file = { text: first, readOnly: null as string | null, broken: null as Error | null, saves: 0 };
  const version = (text: string) => {
    const hash = `hash of ${text}`;
    versions.set(hash, text);
    return { hash, modifiedAt: 1, size: text.length };
  };
  let gate: Promise<void> | null = null;

  const api = {
    async read() {
      if (file.broken) throw file.broken;
      if (file.text === null) throw new InklingError('not_found', 'There is no such note.');
      return { text: file.text, version: version(file.text), readOnly: file.readOnly };
    },
    async save({ text, base }: { text: string; base: string | null }): Promise<Saved> {
      file.saves++;
      await gate;
      if (file.broken) throw file.broken;
      const theirs = file.text;
      const old = base === null ? null : (versions.get(base) ?? null);
      if (theirs === null && base !== null) return { type: 'conflict', version: null, theirs: null };
      if (theirs === null || theirs === old || theirs === text) {
        file.text = text;
        return { type: 'saved', version: version(text) };
      }
      const lines = (words: string) => words.split('\n');
      const regions = diff3Merge(lines(text), lines(old ?? ''), lines(theirs), {
        excludeFalseConflicts: true,
      });
      if (regions.some((region) => region.conflict))
        return { type: 'conflict', version: version(theirs), theirs };
      file.text = regions.flatMap((region) => region.ok ?? []).join('\n');
      return { type: 'merged', version: version(file.text), text: file.text };
    },
  };
  return {
    file,
    api,
    /** Holds saves back until the answered function is called. */
    hold() {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return () => {
        gate = null;
        open();
      };
    },
  };
}

/** A session over a file, with waits so short that a test need not. */
export function aSession(api: ReturnType<typeof aFile>['api'], kept: KeptTexts = keptInMemory()) {
  const merged: NoteSession[] = [];
  const session = createNoteSession(note, {
    api,
    kept,
    extensions: () => [],
    onMerged: (which) => merged.push(which),
    pauses: { save: 5, keep: 1, retry: 20 },
  });
  return { session, merged };
}

/** Types words at a place, as a person would. */
export function type(session: NoteSession, at: number, insert: string): void {
  session.document.dispatch({ changes: { from: at, insert }, userEvent: 'input.type' });
}

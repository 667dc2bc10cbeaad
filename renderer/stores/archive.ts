import { createStore } from 'zustand/vanilla';
import type { ExportEvent, ExportWish, ImportReport } from '../../electron/contract/archive.ts';
import { InklingError } from '../../electron/contract/errors.ts';
import type { Connection } from '../platform/connection.ts';

/** How far a file is written or read. */
export interface Moved {
  /** 0 to 1; null while there is nothing to count. */
  readonly fraction: number | null;
  readonly chats: number;
}

export interface ArchiveStore {
  suggest(wish: ExportWish): Promise<string>;
  export(
    input: { readonly wish: ExportWish; readonly path: string; readonly replace: boolean },
    onMoved: (moved: Moved) => void,
    signal: AbortSignal,
  ): Promise<Extract<ExportEvent, { type: 'finished' }>>;
  importFrom(path: string, onMoved: (moved: Moved) => void, signal: AbortSignal): Promise<ImportReport>;
}

/** Makes the window's side of exports and imports. */
export function createArchiveStore({ api }: Connection) {
  return createStore<ArchiveStore>(() => ({
    suggest: async (wish) => (await api.archive.suggest({ wish })).path,
    async export(input, onMoved, signal) {
      for await (const event of api.archive.export(input, { signal })) {
        if (event.type === 'finished') return event;
        onMoved({ fraction: event.total === 0 ? null : event.done / event.total, chats: event.done });
      }
      throw stopped();
    },
    async importFrom(path, onMoved, signal) {
      for await (const event of api.archive.importFrom({ path }, { signal })) {
        if (event.type === 'finished') return event.report;
        onMoved({ fraction: event.size === 0 ? null : event.read / event.size, chats: event.chats });
      }
      throw stopped();
    },
  }));
}

const stopped = () => new InklingError('internal', 'It ended without a word why. Try again.');

import { createStore } from 'zustand/vanilla';
import type { ExportWish } from '../../electron/contract/archive.ts';
import type { Preset } from '../../electron/contract/presets.ts';

/** What lies over the window. */
export type Overlay =
  /** `notes`: it looks for notes alone. */
  /** `query`: what stands in its field at first. */
  | { readonly kind: 'palette'; readonly notes?: boolean; readonly query?: string }
  | { readonly kind: 'tags'; readonly id: string }
  | { readonly kind: 'export'; readonly wish: ExportWish }
  | { readonly kind: 'import' }
  | { readonly kind: 'shortcuts' }
  /** `note` says why the dialog opened by itself. */
  | { readonly kind: 'addModel'; readonly note?: string }
  | { readonly kind: 'otherApps' }
  | { readonly kind: 'renameModel'; readonly id: string }
  | { readonly kind: 'deleteModel'; readonly id: string }
  | { readonly kind: 'modelPlace'; readonly path: string }
  | { readonly kind: 'loadSettings'; readonly modelId: string }
  /** Two answers to a stored question (`messageId`), or to these words. */
  | {
      readonly kind: 'compare';
      readonly chat: string | null;
      readonly messageId: string | null;
      readonly text: string;
    }
  | { readonly kind: 'link'; readonly url: string }
  /** Asks for the variables of a preset before the chat uses it. */
  | { readonly kind: 'presetForm'; readonly preset: Preset; readonly chat: string | null }
  /**
   * Edits a preset; null makes a new one. `draft` is what the fields begin with, if it is not the preset; `chat` (empty for
   * one not started) uses it once it is saved.
   */
  | {
      readonly kind: 'editPreset';
      readonly preset: Preset | null;
      readonly draft?: Preset;
      readonly chat?: string;
    }
  | { readonly kind: 'importPresets' };

/** An attached file, and the passage of it to go to and mark. */
export interface ReadFile {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** Passing state of the window that nothing needs to keep. */
export interface UiStore {
  readonly overlay: Overlay | null;
  /** The sidebar lies over a narrow window. */
  readonly drawer: boolean;
  /** Said to screen readers, politely. */
  readonly announcement: string;
  /** The key of the line to go to and mark; each time it is set anew. */
  readonly target: { readonly line: string } | null;
  /** The key of the line that is marked now. */
  readonly marked: string | null;
  /** The attached file that is read beside the chat. */
  readonly reading: ReadFile | null;
  show(overlay: Overlay | null): void;
  /** Opens an attached file, or closes the one that is open. */
  read(file: ReadFile | null): void;
  setDrawer(open: boolean): void;
  announce(text: string): void;
  /** Goes to a line of the shown chat and marks it for a moment. */
  point(line: string): void;
  /** The line was reached: it is marked for a moment. */
  reached(): void;
}

const markedMs = 2400;

/** Makes the passing state. */
export function createUiStore() {
  return createStore<UiStore>((setState, getState) => ({
    overlay: null,
    drawer: false,
    announcement: '',
    target: null,
    marked: null,
    reading: null,
    read: (reading) => setState({ reading }),
    show: (overlay) => setState({ overlay }),
    setDrawer: (drawer) => setState({ drawer }),
    point: (line) => setState({ target: { line }, marked: null }),
    reached() {
      const marked = getState().target?.line ?? null;
      setState({ target: null, marked });
      setTimeout(() => getState().marked === marked && setState({ marked: null }), markedMs);
    },
    // The same words twice would not be read again; a space makes them different.
    announce: (text) => setState({ announcement: text === getState().announcement ? `${text}\u00a0` : text }),
  }));
}

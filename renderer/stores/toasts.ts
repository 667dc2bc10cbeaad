import { createStore } from 'zustand/vanilla';

/** A short message at the edge of the window; it leaves by itself. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  readonly action: { readonly label: string; readonly run: () => void } | null;
  readonly ms: number;
}

export interface ToastStore {
  readonly toasts: readonly Toast[];
  show(text: string, options?: Partial<Pick<Toast, 'tone' | 'action' | 'ms'>>): void;
  dismiss(id: number): void;
}

const usualMs = 6000;

/** Makes the list of toasts; at most four are shown, the oldest leave first. */
export function createToastStore() {
  let lastId = 0;
  return createStore<ToastStore>((setState, getState) => ({
    toasts: [],
    show(text, options) {
      const toast: Toast = { id: ++lastId, text, tone: 'plain', action: null, ms: usualMs, ...options };
      setState({ toasts: [...getState().toasts.slice(-3), toast] });
    },
    dismiss: (id) => setState({ toasts: getState().toasts.filter((toast) => toast.id !== id) }),
  }));
}

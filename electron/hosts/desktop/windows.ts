import type { BrowserWindow } from 'electron';

/** The one window of the app, if it is open. */
export interface Windows {
  current(): BrowserWindow | undefined;
  /** Brings the window to the front, opening it first if there is none. */
  show(): void;
}

/** Makes {@link Windows}; `open` makes a new window. */
export function createWindows(open: () => BrowserWindow): Windows {
  let window: BrowserWindow | undefined;
  return {
    current: () => window,
    show() {
      if (window) {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
        return;
      }
      const opened = open();
      window = opened;
      opened.once('closed', () => {
        if (window === opened) window = undefined;
      });
    },
  };
}

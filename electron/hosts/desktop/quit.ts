import { app } from 'electron';

/** A clean stop takes at most this long, in ms; then we go anyway: what was saved is safe at every moment. */
const limitMs = 3000;

/** Holds the end of the app back until `close` is done, and ends it in any case. */
export function closeBeforeQuit(close: () => Promise<void>, onProblem: (error: unknown) => void): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const late = new Promise((resolve) => setTimeout(resolve, limitMs).unref());
    void Promise.race([close().catch(onProblem), late]).then(() => app.exit(0));
  });
}

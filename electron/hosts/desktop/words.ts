import { app, dialog } from 'electron';
import { InklingError } from '../../contract/errors.ts';

/** An error for the log: with its stack if it is one of ours to repair. */
export function explain(error: unknown): string {
  if (error instanceof InklingError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Everything a log is told. */
export const log = (message: string): void => void process.stderr.write(`${message}\n`);

/** Ends the app with a dialog that says why it cannot start. */
export function endWithWords(error: unknown): void {
  const known = error instanceof InklingError;
  log(explain(error));
  const words = known ? error.message : `Nothing of your data was changed. The reason: ${reasonOf(error)}`;
  dialog.showErrorBox('Inkling could not start', words);
  app.exit(1);
}

/** Tells about a fault of our own and ends the app; what was saved is safe at every moment. */
export function tellFaults(): void {
  process.on('uncaughtException', (error) => {
    log(explain(error));
    dialog.showErrorBox(
      'Inkling stopped after an error of its own',
      `What was saved is safe. Start Inkling again. The reason: ${reasonOf(error)}`,
    );
    app.exit(70);
  });
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

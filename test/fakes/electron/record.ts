/** Everything the app asked of Electron, in order: what tests look at. */
export interface Asked {
  readonly what: string;
  readonly args: readonly unknown[];
}

const asked: Asked[] = [];

/** Writes one request down. */
export const note = (what: string, ...args: unknown[]): void => void asked.push({ what, args });

/** The arguments of every request of this name, in order. */
export const askedFor = (what: string): (readonly unknown[])[] =>
  asked.filter((entry) => entry.what === what).map(({ args }) => args);

/** Where in the whole order a request stands; -1 if it was never made. */
export const orderOf = (what: string): number => asked.findIndex((entry) => entry.what === what);

/** Forgets everything. */
export const forget = (): void => void asked.splice(0);

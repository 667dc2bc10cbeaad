import { createContext } from 'react';

/** A link that leads to a place inside the app. */
export interface OwnLink {
  readonly title: string;
  open(): void;
}

/** Answers whether an address stands for a place inside the app; notes have such links, answers have none. */
export const OwnLinks = createContext<(url: string) => OwnLink | null>(() => null);

import { createContext, use } from 'react';
import type { Source } from '../../../electron/contract/noteSources.ts';

const Sources = createContext<readonly Source[]>([]);
/** Gives the sources of an answer to its citations. */
export const SourcesProvider = Sources.Provider;

/** The source with this number, if the answer has it. */
export function useSource(number: number | null): Source | undefined {
  const sources = use(Sources);
  return sources.find((source) => source.number === number);
}

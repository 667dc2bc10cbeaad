import type { Stores } from '../app/stores.tsx';

type Tags = Awaited<ReturnType<Stores['api']['notes']['tags']>>['tags'];

/** Answers all tags; they are asked for again when the index has changed. */
export function tagsOf({ api, notes }: Stores): () => Promise<Tags> {
  let version: number | undefined;
  let known: Promise<Tags> | null = null;
  return () => {
    const now = notes.getState().state?.index.version;
    if (!known || now !== version) {
      version = now;
      known = api.notes.tags(null).then(
        ({ tags }) => tags,
        () => {
          // Without an answer nothing is offered, and the next time asks again.
          known = null;
          return [];
        },
      );
    }
    return known;
  };
}

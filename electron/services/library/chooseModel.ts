import type { Library } from './createLibrary.ts';

/** Who is to answer. `starter`: the small model that comes with the app, which answers from notes and little else. */
export interface ChosenModel {
  readonly id: string;
  readonly name: string;
  readonly starter: boolean;
}

const starterFile = 'inkling-starter.gguf';

/** Whether a file is the small model that comes with the app. */
export const isStarter = (fileName: string | undefined): boolean => fileName === starterFile;

/** Who answers: the chosen one, else what is there; null for nobody. One that is gone is told by its load. */
export async function chooseModel(library: Library, id: string | null): Promise<ChosenModel | null> {
  if (id === null) {
    const model = await library.fallback();
    return model ? { id: model.id, name: model.name, starter: model.fileName === starterFile } : null;
  }
  const known = library.topic.value.models.find((model) => model.id === id);
  return { id, name: known?.name ?? 'a model that is gone', starter: known?.fileName === starterFile };
}

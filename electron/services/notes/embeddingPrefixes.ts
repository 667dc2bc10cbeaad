/** What a model wants before a question and before a passage. */
export interface EmbeddingPrefixes {
  readonly query: string;
  readonly passage: string;
}

const none: EmbeddingPrefixes = { query: '', passage: '' };

/** By the names of models, as their cards on the hub say (November 2026). */
const known: readonly (readonly [RegExp, EmbeddingPrefixes])[] = [
  [/nomic-(embed|bert)/, { query: 'search_query: ', passage: 'search_document: ' }],
  [
    /embedding-?gemma|gemma-embedding/,
    { query: 'task: search result | query: ', passage: 'title: none | text: ' },
  ],
  [
    /qwen3-embedding/,
    {
      query: 'Instruct: Given a question, retrieve the passages of notes that answer it\nQuery: ',
      passage: '',
    },
  ],
  [/(^|[^a-z0-9])(multilingual-)?e5-/, { query: 'query: ', passage: 'passage: ' }],
  [
    /bge-(small|base|large)-en/,
    { query: 'Represent this sentence for searching relevant passages: ', passage: '' },
  ],
];

/** Finds the prefixes of a model by its file name and what its header says; without them it finds less. */
export function prefixesFor(...names: readonly (string | null)[]): EmbeddingPrefixes {
  const text = names.join(' ').toLowerCase().replaceAll(/[ _]/g, '-');
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? none;
}

/** Placeholder. */
export function ModelsScreen(_: { readonly section?: string }) {
  return null;
}

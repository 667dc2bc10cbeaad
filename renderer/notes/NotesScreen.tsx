/** Placeholder. */
export function NotesScreen(_: { readonly section?: string }) {
  return null;
}

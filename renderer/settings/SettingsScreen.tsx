/** Placeholder. */
export function SettingsScreen(_: { readonly section?: string }) {
  return null;
}

const isMac = /mac|iphone|ipad/i.test(navigator.platform);
const macNames: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', enter: '↵' };
const otherNames: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', enter: 'Enter' };

/** Names a shortcut in the way of this system: ⌘K, or Ctrl+K. */
export function keysText(keys: readonly string[]): string {
  return keys.map((key) => (isMac ? macNames : otherNames)[key] ?? key).join(isMac ? '' : '+');
}

/** A shortcut as a small key cap. */
export function Keys({ keys }: { readonly keys: readonly string[] }) {
  return <kbd>{keysText(keys)}</kbd>;
}

import type { Theme } from '../../electron/contract/settings.ts';

let system: MediaQueryList | null = null;
let chosen: Theme = 'system';

/** Shows a theme, and remembers it for the first paint of the next start (public/theme.js). */
export function applyTheme(theme: Theme): void {
  chosen = theme;
  const dark = theme === 'dark' || (theme === 'system' && watchSystem().matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  localStorage.setItem('inkling.theme', theme);
}

/** What the system prefers; when that changes, so does the window, from the first call on. */
export function watchSystem(): MediaQueryList {
  if (system) return system;
  system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', () => applyTheme(chosen));
  return system;
}

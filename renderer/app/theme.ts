import type { Theme } from '../../electron/contract/settings.ts';

const system = matchMedia('(prefers-color-scheme: dark)');
let chosen: Theme = 'system';

/** Shows a theme, and remembers it for the first paint of the next start (public/theme.js). */
export function applyTheme(theme: Theme): void {
  chosen = theme;
  const dark = theme === 'dark' || (theme === 'system' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  localStorage.setItem('inkling.theme', theme);
}

system.addEventListener('change', () => applyTheme(chosen));

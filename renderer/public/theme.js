// Runs before the first paint, so that the window never flashes in the other theme. The truth lies in the settings;
// this remembers the last one only.
try {
  const theme = localStorage.getItem('inkling.theme');
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
} catch {
  document.documentElement.dataset.theme = 'light';
}

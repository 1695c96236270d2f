// Before the first paint and outside of the bundle, which runs after it: otherwise a window in the chosen theme begins with a flash of the other one.
try {
  const theme = localStorage.getItem('sidelight.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be off; then the theme is the system's.
  delete document.documentElement.dataset.theme;
}

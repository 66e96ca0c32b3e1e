// Runs before the first paint, so that a chosen theme never flashes. A file, because the portal's CSP allows no inline script.
try {
  var theme = localStorage.getItem('callboard:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden: the system's theme stands.
}

const key = 'callboard:theme';

/** The button that goes from the system's theme to the other one and back; the choice is kept in this browser. */
export function startTheme(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-toggle]');
  if (!button) return;
  button.hidden = false;
  label(button);
  button.addEventListener('click', () => {
    const next = shownTheme() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = next;
    try {
      localStorage.setItem(key, next);
    } catch {
      // Storage may be forbidden: the choice lasts for this page.
    }
    label(button);
  });
}

function shownTheme(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function label(button: HTMLButtonElement): void {
  button.setAttribute(
    'aria-label',
    shownTheme() === 'dark' ? 'Use the light theme' : 'Use the dark theme',
  );
}

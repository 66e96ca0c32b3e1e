const singleKeysOff = 'callboard:single-keys-off';

/** Keyboard of the whole portal. Single keys can be switched off (WCAG 2.1.4) and never fire while somebody types. */
export function startKeys(): void {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  for (const hint of document.querySelectorAll('[data-shortcut]'))
    hint.textContent = isApple ? '⌘ K' : 'Ctrl K';
  for (const opener of document.querySelectorAll('[data-open-palette]')) {
    opener.addEventListener('click', (event) => {
      event.preventDefault();
      void openPalette();
    });
  }
  let isGoing = false;
  document.addEventListener('keydown', (event) => {
    if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      void openPalette();
      return;
    }
    if (
      event.metaKey ||
      event.ctrlKey ||
      event.altKey ||
      isTyping(event.target) ||
      areSingleKeysOff()
    )
      return;
    if (document.querySelector('dialog[open]')) return;
    const wasGoing = isGoing;
    isGoing = event.key === 'g';
    if (event.key === '/') {
      event.preventDefault();
      void openPalette();
    } else if (event.key === '?') openKeys();
    else if (wasGoing && event.key === 'h') location.assign(document.body.dataset['base'] ?? '/');
  });
  startSwitch();
}

/** Opens at once, so that no key typed is lost while the palette's code loads for the first time. */
async function openPalette(): Promise<void> {
  const dialog = document.querySelector<HTMLDialogElement>('[data-palette]');
  if (!dialog) return;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
  const { startPalette } = await import('../search/palette.ts');
  startPalette(dialog);
}

function openKeys(): void {
  document.querySelector<HTMLDialogElement>('[data-keys]')?.showModal();
}

function startSwitch(): void {
  const box = document.querySelector<HTMLInputElement>('[data-single-keys]');
  if (!box) return;
  box.checked = !areSingleKeysOff();
  box.addEventListener('change', () => {
    try {
      if (box.checked) localStorage.removeItem(singleKeysOff);
      else localStorage.setItem(singleKeysOff, '1');
    } catch {
      // Storage may be forbidden: the switch lasts for this page.
    }
  });
}

function areSingleKeysOff(): boolean {
  try {
    return localStorage.getItem(singleKeysOff) === '1';
  } catch {
    return document.querySelector<HTMLInputElement>('[data-single-keys]')?.checked === false;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

import { paletteDialog } from './palette-dialog.ts';
import { areSingleKeysOff } from './single-keys.ts';

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
  for (const hint of document.querySelectorAll<HTMLElement>('[data-keys-hint]'))
    hint.hidden = false;
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
    } else if (event.key === '?') void openKeys();
    else if (wasGoing && event.key === 'h') location.assign(document.body.dataset['base'] ?? '/');
  });
}

/** Opens at once, so that no key typed is lost while the palette's code loads for the first time. */
async function openPalette(): Promise<void> {
  const dialog = paletteDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
  const { startPalette } = await import('../search/palette.ts');
  startPalette(dialog);
}

async function openKeys(): Promise<void> {
  const { openKeys: open } = await import('./keys-dialog.ts');
  open();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Makes every `[data-copy]` button copy the `<pre>` of its block, or the text of its attribute. */
export function wireCopyButtons(root: Document): void {
  root.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-copy]');
    if (button) void copy(button);
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const block = button.closest('[data-copy-block]')?.querySelector('pre');
  const label = button.lastChild;
  if (!label) return;
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset['copy'] || block?.textContent || '');
    label.textContent = 'Copied';
  } catch {
    label.textContent = 'Copying is not allowed here';
  }
  setTimeout(() => (label.textContent = before), 2000);
}

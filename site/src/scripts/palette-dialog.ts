let dialog: HTMLDialogElement | undefined;

/** The palette's dialog. It is of no use without scripts, so it is made here and not repeated in every page. */
export function paletteDialog(): HTMLDialogElement {
  if (dialog) return dialog;
  dialog = document.createElement('dialog');
  dialog.className = 'palette';
  dialog.dataset['palette'] = '';
  dialog.ariaLabel = 'Search';
  dialog.innerHTML = `
<form method="dialog" class="palette-form" role="search">
  <input class="palette-input" type="text" inputmode="search" role="combobox" aria-expanded="false"
    aria-controls="palette-results" aria-autocomplete="list" aria-label="Search by name, title or text"
    placeholder="Search by name, title or text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="200">
  <button class="button button-quiet button-s" value="close">Esc</button>
</form>
<div id="palette-results" class="palette-results" role="listbox" aria-label="Results"></div>
<p class="palette-status small muted" role="status"></p>`;
  const icon = document.querySelector('.shell-search .icon');
  if (icon) dialog.querySelector('form')!.prepend(icon.cloneNode(true));
  document.body.append(dialog);
  return dialog;
}

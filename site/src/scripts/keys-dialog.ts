import { areSingleKeysOff, switchSingleKeys } from './single-keys.ts';

const keys: [keys: string[], does: string][] = [
  [['Ctrl', 'K', 'or', '/'], 'Search'],
  [['g', 'h'], 'Go home'],
  [['j', 'k'], 'Next and previous row of a list'],
  [['Enter', 's', 'f'], 'Open a row, star it, filter the list'],
  [['?'], 'This list'],
];
let dialog: HTMLDialogElement | undefined;

/** Shows what the keys do, and the switch for single ones. */
export function openKeys(): void {
  dialog ??= makeDialog();
  dialog.showModal();
}

function makeDialog(): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'keys';
  made.setAttribute('aria-labelledby', 'keys-title');
  made.innerHTML = `
<h2 id="keys-title">Keys</h2>
<dl class="facts">${keys.map(([names, does]) => `<dt>${names.map(keyHtml).join(' ')}</dt><dd>${does}</dd>`).join('')}</dl>
<p><label><input type="checkbox"> Single-key shortcuts</label></p>
<form method="dialog"><button class="button">Close</button></form>`;
  const box = made.querySelector('input')!;
  box.checked = !areSingleKeysOff();
  box.addEventListener('change', () => switchSingleKeys(box.checked));
  document.body.append(made);
  return made;
}

function keyHtml(name: string): string {
  return name === 'or' ? name : `<kbd>${name}</kbd>`;
}

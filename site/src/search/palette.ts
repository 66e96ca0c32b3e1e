import { basePath, searchNames, searchText, warmUp, type Hit } from './engine.ts';
import { resultLink } from './result-list.ts';

let isStarted = false;

/** Opens the palette with its last query selected. */
export function showPalette(dialog: HTMLDialogElement): void {
  if (!isStarted) start(dialog);
  isStarted = true;
  warmUp();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
}

function start(dialog: HTMLDialogElement): void {
  const input = dialog.querySelector('input')!;
  const list = dialog.querySelector<HTMLElement>('[role=listbox]')!;
  const status = dialog.querySelector<HTMLElement>('[role=status]')!;
  let selected = 0;

  input.addEventListener('input', () => void search());
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') select(selected + 1);
    else if (event.key === 'ArrowUp') select(selected - 1);
    else if (event.key === 'Enter') open(event);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });

  /** Names appear at once, text when Pagefind has it; a slower answer to an older query is dropped. */
  async function search(): Promise<void> {
    const query = input.value;
    selected = 0;
    try {
      const named = await searchNames(query, 8);
      if (query !== input.value) return;
      show(named);
      const found = await searchText(query, 8);
      if (found === null || query !== input.value) return;
      const known = new Set(named.map((hit) => hit.url));
      const further = found.filter((hit) => !known.has(hit.url));
      if (further.length > 0) show([...named, ...further]);
      announce(named.length + further.length);
    } catch {
      status.textContent = 'The search index could not be loaded.';
    }
  }

  function show(hits: readonly Hit[]): void {
    list.replaceChildren(...hits.map(option));
    input.setAttribute('aria-expanded', String(hits.length > 0));
    select(selected);
  }

  function announce(count: number): void {
    if (input.value.trim() === '') status.textContent = '';
    else if (count === 0) status.textContent = 'Nothing found.';
    else status.textContent = `${count} ${count === 1 ? 'result' : 'results'}`;
  }

  function select(index: number): void {
    const options = [...list.querySelectorAll<HTMLElement>('[role=option]')];
    if (options.length === 0) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    selected = (index + options.length) % options.length;
    for (const [at, each] of options.entries())
      each.setAttribute('aria-selected', String(at === selected));
    input.setAttribute('aria-activedescendant', options[selected]!.id);
    options[selected]!.scrollIntoView({ block: 'nearest' });
  }

  function open(event: KeyboardEvent): void {
    const link = list.querySelectorAll<HTMLAnchorElement>('[role=option]')[selected];
    const address = link?.href ?? `${basePath()}search/?query=${encodeURIComponent(input.value)}`;
    if (event.metaKey || event.ctrlKey) window.open(address, '_blank', 'noopener');
    else location.assign(address);
  }
}

function option(hit: Hit, index: number): HTMLElement {
  const link = resultLink(hit);
  link.id = `palette-option-${index}`;
  link.setAttribute('role', 'option');
  link.tabIndex = -1;
  return link;
}

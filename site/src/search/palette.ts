import type { Found, Results } from './engine/messages.ts';
import { recentSearches, rememberSearch } from './recent.ts';
import { resultLink, showTexts } from './result-list.ts';
import { basePath, search, startSearch } from './search.ts';
import { statusText } from './status-text.ts';

const mostShown = 12;
let isStarted = false;

/** Searches for what is typed into the open palette, and for what was typed before this code was here. */
export function startPalette(dialog: HTMLDialogElement): void {
  startSearch();
  if (!isStarted) start(dialog);
  isStarted = true;
}

function start(dialog: HTMLDialogElement): void {
  const input = dialog.querySelector('input')!;
  const list = dialog.querySelector<HTMLElement>('[role=listbox]')!;
  const status = dialog.querySelector<HTMLElement>('[role=status]')!;
  let selected = 0;

  input.addEventListener('input', update);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') select(selected + 1);
    else if (event.key === 'ArrowUp') select(selected - 1);
    else if (event.key === 'Enter') open(event);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', () => rememberSearch(input.value));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  update();

  function update(): void {
    selected = 0;
    const typed = input.value;
    if (typed.trim() === '') show(recentOptions());
    search(typed, [], mostShown, (results) => {
      if (typed.trim() !== '') showResults(typed, results);
    });
  }

  /** Names appear at once, texts join when they have been asked; what the reader moved to stays selected. */
  function showResults(typed: string, results: Results): void {
    const chosen = selected > 0 ? options()[selected]?.getAttribute('href') : undefined;
    show(groups(results.hits));
    const kept = options().findIndex((option) => option.getAttribute('href') === chosen);
    if (kept > 0) select(kept);
    status.textContent = statusText(typed, results);
    if (results.isFinal) showTexts(list, results);
  }

  function show(content: readonly HTMLElement[]): void {
    list.replaceChildren(...content);
    for (const [at, option] of options().entries()) option.id = `palette-option-${at}`;
    input.setAttribute('aria-expanded', String(content.length > 0));
    status.textContent = '';
    select(0);
  }

  function options(): HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>('[role=option]')];
  }

  function select(index: number): void {
    const all = options();
    if (all.length === 0) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    selected = (index + all.length) % all.length;
    for (const [at, each] of all.entries())
      each.setAttribute('aria-selected', String(at === selected));
    input.setAttribute('aria-activedescendant', all[selected]!.id);
    all[selected]!.scrollIntoView({ block: 'nearest' });
  }

  function open(event: KeyboardEvent): void {
    const link = list.querySelectorAll<HTMLAnchorElement>('[role=option]')[selected];
    const address = link?.href ?? `${basePath()}search/?query=${encodeURIComponent(input.value)}`;
    rememberSearch(input.value);
    if (event.metaKey || event.ctrlKey) window.open(address, '_blank', 'noopener');
    else location.assign(address);
  }
}

/** Kinds in the order of their best result, so that the best of all stays first. */
function groups(hits: readonly Found[]): HTMLElement[] {
  return Array.from(
    Map.groupBy(hits, (hit) => hit.type),
    ([type, members]) => group(type, members.map(resultOption)),
  );
}

function group(title: string, options: readonly HTMLElement[]): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', title);
  element.append(...options);
  return element;
}

function resultOption(hit: Found): HTMLElement {
  return asOption(resultLink(hit));
}

function recentOptions(): HTMLElement[] {
  const options = recentSearches().map((text) => {
    const link = document.createElement('a');
    link.className = 'result';
    link.href = `${basePath()}search/?query=${encodeURIComponent(text)}`;
    const type = document.createElement('span');
    type.className = 'result-type';
    type.textContent = 'Recent';
    link.append(type, text);
    return asOption(link);
  });
  return options.length > 0 ? [group('Recent searches', options)] : [];
}

function asOption(link: HTMLAnchorElement): HTMLAnchorElement {
  link.setAttribute('role', 'option');
  link.tabIndex = -1;
  return link;
}

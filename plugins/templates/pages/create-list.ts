const key = 'callboard:starred';

/** Filters the list, keeps the filter in the address, and shows starred templates first. */
export function startCreateList(): void {
  const form = document.querySelector<HTMLFormElement>('[data-create-filter]');
  const list = document.querySelector<HTMLElement>('[data-create-cards]');
  if (!form || !list) return;
  const search = form.elements.namedItem('filter') as HTMLInputElement;
  const tag = form.elements.namedItem('tag') as HTMLSelectElement;
  const query = new URLSearchParams(location.search);
  search.value = query.get('filter') ?? '';
  tag.value = query.get('tag') ?? '';
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => filter(list, search.value, tag.value));
  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-star]');
    if (button) toggleStar(button);
  });
  showStars(list);
  filter(list, search.value, tag.value);
}

function filter(list: HTMLElement, text: string, tag: string): void {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  let shown = 0;
  for (const item of list.querySelectorAll<HTMLElement>('[data-text]')) {
    const hasTag = tag === '' || item.dataset['tags']!.split(' ').includes(tag);
    item.hidden = !hasTag || !words.every((word) => item.dataset['text']!.includes(word));
    if (!item.hidden) shown++;
  }
  const query = new URLSearchParams();
  if (text !== '') query.set('filter', text);
  if (tag !== '') query.set('tag', tag);
  const search = query.size > 0 ? `?${query.toString()}` : '';
  history.replaceState(history.state, '', `${location.pathname}${search}`);
  const status = document.querySelector('[data-create-status]');
  const isFiltered = text !== '' || tag !== '';
  if (status)
    status.textContent = isFiltered ? `${shown} ${shown === 1 ? 'template' : 'templates'}` : '';
}

function showStars(list: HTMLElement): void {
  const starred = readStars();
  const items = [...list.children] as HTMLElement[];
  for (const button of list.querySelectorAll<HTMLElement>('[data-star]')) {
    button.setAttribute('aria-pressed', String(starred.has(button.dataset['star']!)));
  }
  list.append(
    ...items.filter(({ dataset }) => starred.has(dataset['ref']!)),
    ...items.filter(({ dataset }) => !starred.has(dataset['ref']!)),
  );
}

function toggleStar(button: HTMLElement): void {
  const starred = readStars();
  const ref = button.dataset['star']!;
  if (!starred.delete(ref)) starred.add(ref);
  button.setAttribute('aria-pressed', String(starred.has(ref)));
  try {
    localStorage.setItem(key, JSON.stringify([...starred]));
  } catch {
    // Storage may be off: the star lasts as long as the page then.
  }
}

function readStars(): Set<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return new Set(Array.isArray(stored) ? stored.map(String) : []);
  } catch {
    return new Set();
  }
}

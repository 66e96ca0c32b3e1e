import { searchNames, searchText } from './engine.ts';
import { resultLink } from './result-list.ts';

/** `/search/?query=`: the field and the address say the same, so a search can be shared. */
export function startSearchPage(): void {
  const form = document.querySelector<HTMLFormElement>('[data-search-form]');
  const input = form?.querySelector('input');
  if (!form || !input) return;
  input.value = new URLSearchParams(location.search).get('query') ?? '';
  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', () => {
    const address = new URL(location.href);
    if (input.value) address.searchParams.set('query', input.value);
    else address.searchParams.delete('query');
    history.replaceState(undefined, '', address);
    void showResults(input);
  });
  input.focus();
  void showResults(input);
}

async function showResults(input: HTMLInputElement): Promise<void> {
  const list = document.querySelector<HTMLElement>('[data-search-results]')!;
  const status = document.querySelector<HTMLElement>('[data-search-status]')!;
  const query = input.value;
  try {
    const named = await searchNames(query, 30);
    const found = query.trim() === '' ? [] : await searchText(query, 30);
    if (found === null || query !== input.value) return;
    const known = new Set(named.map((hit) => hit.url));
    const hits = [...named, ...found.filter((hit) => !known.has(hit.url))];
    list.replaceChildren(
      ...hits.map((hit) => {
        const item = document.createElement('li');
        item.append(resultLink(hit));
        return item;
      }),
    );
    status.textContent =
      query.trim() === '' ? '' : `${hits.length} ${hits.length === 1 ? 'result' : 'results'}`;
  } catch {
    status.textContent = 'The search index could not be loaded.';
  }
}

import type { Filter, Results } from './engine/messages.ts';
import { facetGroups } from './facets.ts';
import { rememberSearch } from './recent.ts';
import { askPagefind, type PagefindHit } from './pagefind.ts';
import { addressOf, resultLink, showTexts } from './result-list.ts';
import { search } from './search.ts';
import { statusText } from './status-text.ts';

const mostShown = 50;

/** `/search/?query=`: the field, the facets and the address say the same, so a search can be shared. */
export function startSearchPage(): void {
  const form = document.querySelector<HTMLFormElement>('[data-search-form]');
  const input = form?.querySelector('input');
  const facets = document.querySelector<HTMLElement>('[data-search-facets]');
  const list = document.querySelector<HTMLElement>('[data-search-results]');
  const status = document.querySelector<HTMLElement>('[data-search-status]');
  const more = document.querySelector<HTMLElement>('[data-search-more]');
  if (!form || !input || !facets || !list || !status || !more) return;
  foldFacets();
  const address = new URL(location.href);
  let chosen = chosenIn(address);
  input.value = address.searchParams.get('query') ?? '';

  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', update);
  input.addEventListener('change', () => rememberSearch(input.value));
  facets.addEventListener('change', (event) => {
    const box = event.target as HTMLInputElement;
    chosen = chosen.filter((filter) => filter.name !== box.name || filter.value !== box.value);
    if (box.checked) chosen.push({ name: box.name, value: box.value });
    update();
  });
  input.focus();
  update();

  function update(): void {
    history.replaceState(undefined, '', addressFor(input!.value, chosen));
    const typed = input!.value;
    search(typed, chosen, mostShown, (results) => show(typed, results));
  }

  function show(typed: string, results: Results): void {
    list!.replaceChildren(
      ...results.hits.map((hit) => {
        const item = document.createElement('li');
        item.append(resultLink(hit));
        return item;
      }),
    );
    status!.textContent = statusText(typed, results);
    if (!results.isFinal) return;
    const focused = document.activeElement as HTMLInputElement | null;
    facets!.replaceChildren(...facetGroups(results));
    if (focused?.type === 'checkbox') refocus(facets!, focused);
    showTexts(list!, results);
    if (results.filters.length === 0) void addMore(typed, results);
    else showMore([]);
  }

  /** What Pagefind adds: where the words stand in results that do not say so, and below them pages only it finds. */
  async function addMore(typed: string, results: Results): Promise<void> {
    const found = await askPagefind(results.words.join(' '));
    if (input!.value !== typed) return;
    const shown = new Map(
      Array.from(list!.querySelectorAll<HTMLAnchorElement>('a.result'), (link) => [
        link.pathname,
        link,
      ]),
    );
    showMore(
      found.filter(({ hit, excerpt }) => {
        const link = shown.get(new URL(addressOf(hit), location.href).pathname);
        if (link) cite(link, excerpt);
        return !link;
      }),
    );
  }

  function showMore(found: readonly PagefindHit[]): void {
    more!.hidden = found.length === 0;
    more!.querySelector('ol')!.replaceChildren(
      ...found.map(({ hit, excerpt }) => {
        const item = document.createElement('li');
        const link = resultLink(hit);
        cite(link, excerpt);
        item.append(link);
        return item;
      }),
    );
  }
}

/** Pagefind escapes what it cites. */
function cite(link: HTMLAnchorElement, excerpt: string): void {
  const text = link.querySelector('.result-text')!;
  if (!text.querySelector('mark')) text.innerHTML = excerpt;
}

/** Where there is no room for two columns, results come first and the facets are a button. */
function foldFacets(): void {
  const box = document.querySelector<HTMLDetailsElement>('[data-search-narrow]')!;
  const narrow = matchMedia('(max-width: 899px)');
  box.open = !narrow.matches;
  narrow.addEventListener('change', () => (box.open = !narrow.matches));
}

/** The boxes are drawn anew; whoever ticked one goes on from there. */
function refocus(facets: HTMLElement, { name, value }: HTMLInputElement): void {
  for (const box of facets.querySelectorAll('input'))
    if (box.name === name && box.value === value) box.focus();
}

function chosenIn(address: URL): Filter[] {
  return address.searchParams.getAll('filter').flatMap((text) => {
    const at = text.indexOf(':');
    return at > 0 ? [{ name: text.slice(0, at), value: text.slice(at + 1) }] : [];
  });
}

function addressFor(typed: string, chosen: readonly Filter[]): URL {
  const address = new URL(location.pathname, location.href);
  if (typed) address.searchParams.set('query', typed);
  for (const { name, value } of chosen) address.searchParams.append('filter', `${name}:${value}`);
  return address;
}

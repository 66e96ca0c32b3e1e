import { resultLink } from './result-list.ts';
import { basePath, searchNames } from './search.ts';

/** On the 404 page: things whose name is like the last part of the address that led nowhere. */
export async function suggestForAddress(): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-suggestions]');
  if (!place) return;
  const last = decoded(location.pathname.slice(basePath().length))
    .split('/')
    .findLast((part) => part !== '');
  if (last === undefined) return;
  const { hits } = await searchNames(last, 8);
  if (hits.length === 0) return;
  const heading = document.createElement('h2');
  heading.textContent = 'Did you mean';
  place.replaceChildren(heading, ...hits.map(resultLink));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

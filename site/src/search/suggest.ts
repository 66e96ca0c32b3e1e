import { basePath, searchNames } from './engine.ts';
import { resultLink } from './result-list.ts';

/** On the 404 page: things whose name is like the last part of the address that led nowhere. */
export async function suggestForAddress(): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-suggestions]');
  if (!place) return;
  const below = location.pathname.slice(basePath().length);
  const last = decodeURIComponent(below.split('/').findLast((part) => part !== '') ?? '');
  const hits = await searchNames(last, 8).catch(() => []);
  if (hits.length === 0) return;
  const heading = document.createElement('h2');
  heading.textContent = 'Did you mean';
  place.replaceChildren(heading, ...hits.map(resultLink));
}

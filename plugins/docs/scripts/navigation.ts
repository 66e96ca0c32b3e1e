/** Puts the whole navigation of a large site in place of the part around the page: one file for all its pages. */
import { keep, kept } from './kept.ts';

type Entry = [title: string, address: string | null, children?: Entry[]];

const open = 'docs-nav-open';

export function loadNavigation(layout: HTMLElement): void {
  const nav = layout.querySelector<HTMLElement>('[data-doc-nav]');
  const site = nav?.querySelector<HTMLAnchorElement>('.doc-nav-title a')?.pathname;
  if (!nav || !site) return;
  void fill(nav, site, nav.dataset['docNav'] ?? '');
}

async function fill(nav: HTMLElement, site: string, address: string): Promise<void> {
  const response = await fetch(`${site}nav.json`);
  const list = nav.querySelector('ul');
  if (!response.ok || !list) return;
  list.replaceWith(tree((await response.json()) as Entry[], site, address));
  nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
}

/** Which sections stay open from page to page. */
function remembered(): Set<string> {
  return new Set(JSON.parse(kept(open, 'sessionStorage') ?? '[]') as string[]);
}

function tree(entries: Entry[], site: string, current: string, trail = site): HTMLUListElement {
  const list = document.createElement('ul');
  for (const [title, address, children] of entries) {
    const item = document.createElement('li');
    item.append(
      children
        ? section(title, children, site, current, trail)
        : link(title, address, site, current),
    );
    list.append(item);
  }
  return list;
}

function link(
  title: string,
  address: string | null,
  site: string,
  current: string,
): HTMLAnchorElement {
  const anchor = document.createElement('a');
  const isElsewhere = address !== null && /^(?:https?:|mailto:|\/)/i.test(address);
  anchor.textContent = title;
  if (address !== null) anchor.href = isElsewhere ? address : site + address;
  if (address === current) anchor.setAttribute('aria-current', 'page');
  return anchor;
}

/** A section's pages are made when it is opened: ten thousand links at once would be slow. */
function section(
  title: string,
  children: Entry[],
  site: string,
  current: string,
  trail: string,
): HTMLDetailsElement {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  const key = `${trail}/${title}`;
  summary.textContent = title;
  details.append(summary);
  details.addEventListener('toggle', () => {
    const keys = remembered();
    if (details.open) keys.add(key);
    else keys.delete(key);
    keep(open, JSON.stringify([...keys].slice(-100)), 'sessionStorage');
    fill();
  });
  if (holds(children, current) || remembered().has(key)) {
    details.open = true;
    fill();
  }
  return details;

  function fill(): void {
    if (details.open && details.childElementCount === 1) {
      details.append(tree(children, site, current, key));
    }
  }
}

function holds(entries: Entry[], current: string): boolean {
  return entries.some(
    ([, address, children]) => address === current || (children && holds(children, current)),
  );
}

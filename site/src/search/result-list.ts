import type { Excerpt, Found, Results } from './engine/messages.ts';
import { askText, basePath } from './search.ts';

/** What is shown of the results, to ask for more of them once they are seen. */
const shown = new WeakMap<Element, Found>();

/** Address of a result on this host. */
export function addressOf(hit: Found): string {
  return basePath() + hit.url.replace(/^\/+/, '');
}

/** One result as a link. Everything is set as text. */
export function resultLink(hit: Found): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = addressOf(hit);
  link.className = 'result';
  link.append(line('result-type', hit.type), titleLine(hit), line('result-text', hit.summary));
  shown.set(link, hit);
  return link;
}

/** Results that show the place where the words stand; each is a page to fetch. */
const mostPlaces = 6;

/** Adds to results the heading that fits and, to the first of them, where the words stand, once they are seen. */
export function showTexts(list: HTMLElement, { words }: Results): void {
  let places = 0;
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      void showText(target as HTMLAnchorElement, words, places++ < mostPlaces);
    }
  });
  for (const link of list.querySelectorAll('a.result'))
    if (shown.get(link)?.hasMore === true) watch.observe(link);
}

async function showText(
  link: HTMLAnchorElement,
  words: readonly string[],
  hasPlace: boolean,
): Promise<void> {
  const hit = shown.get(link)!;
  if (!hasPlace && hit.heading === undefined && hit.summary !== '') return;
  const excerpt = await askText({ row: hit.row, heading: hit.heading, hasPlace, words });
  if (!excerpt) return;
  const { heading, parts, summary } = excerpt;
  if (heading) {
    link.href = `${addressOf(hit).replace(/#.*/, '')}#${heading.anchor}`;
    link.querySelector('.result-title')!.firstChild!.textContent =
      `${hit.title} › ${heading.title}`;
  }
  const text = link.querySelector('.result-text')!;
  if (parts.length > 0) text.replaceChildren(...marked(parts));
  else if (hit.summary === '') text.textContent = summary;
}

function titleLine({ title, breadcrumb, day }: Found): HTMLElement {
  const element = line('result-title', title);
  if (breadcrumb) element.append(' ', line('result-breadcrumb', breadcrumb));
  if (day > 0) element.append(' ', line('result-breadcrumb', changedOn(day)));
  return element;
}

function changedOn(day: number): string {
  const date = new Date(day * 86_400_000);
  return `changed ${date.toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })}`;
}

function line(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.dir = 'auto';
  element.textContent = text;
  return element;
}

function marked(parts: Excerpt['parts']): Node[] {
  return parts.map(({ text, isMatch }) => {
    const element = document.createElement(isMatch ? 'mark' : 'span');
    element.textContent = text;
    return element;
  });
}

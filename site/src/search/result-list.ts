import type { Found } from './engine/messages.ts';
import { excerptOf } from './full-text.ts';
import { basePath } from './names.ts';

/** Texts fetched to show where the words stand; each is a request, so only what is seen at once has one. */
const mostExcerpts = 5;

/** Address of a result on this host. */
export function addressOf(hit: Found): string {
  return basePath() + hit.url.replace(/^\/+/, '');
}

/** One result as a link. Everything is set as text. */
export function resultLink(hit: Found): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = addressOf(hit);
  link.className = 'result';
  const text = line('result-text', hit.summary);
  text.dataset['textId'] = hit.textId;
  link.append(line('result-type', hit.type), titleLine(hit), text);
  return link;
}

/** Replaces the summaries of the first results by the places where the words stand. */
export async function showExcerpts(list: HTMLElement): Promise<void> {
  const places = [...list.querySelectorAll<HTMLElement>('[data-text-id]')].slice(0, mostExcerpts);
  await Promise.all(
    places.map(async (place) => {
      const excerpt = place.dataset['textId'] ? await excerptOf(place.dataset['textId']) : '';
      if (excerpt) place.replaceChildren(...marked(excerpt));
    }),
  );
}

function titleLine({ title, heading, breadcrumb, day }: Found): HTMLElement {
  const element = line('result-title', heading === undefined ? title : `${title} › ${heading}`);
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

/** Of Pagefind's excerpt only the marks are taken over as elements. */
function marked(excerpt: string): Node[] {
  const { body } = new DOMParser().parseFromString(excerpt, 'text/html');
  return Array.from(body.childNodes, (node) => {
    const element = document.createElement(node.nodeName === 'MARK' ? 'mark' : 'span');
    element.textContent = node.textContent;
    return element;
  });
}

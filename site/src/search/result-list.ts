import type { Hit } from './engine.ts';

/** One result as a link. Text is set as text; of Pagefind's excerpt only the marks are taken over as elements. */
export function resultLink(hit: Hit): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = hit.url;
  link.className = 'result';
  link.append(line('result-type', hit.type), titleLine(hit));
  const below = hit.excerpt === undefined ? line('result-text', hit.summary) : marked(hit.excerpt);
  if (below.textContent) link.append(below);
  return link;
}

function titleLine(hit: Hit): HTMLElement {
  const title = line('result-title', hit.title);
  if (hit.breadcrumb) title.append(' ', line('result-breadcrumb', hit.breadcrumb));
  return title;
}

function line(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.dir = 'auto';
  element.textContent = text;
  return element;
}

function marked(excerpt: string): HTMLElement {
  const element = line('result-text', '');
  for (const node of new DOMParser().parseFromString(excerpt, 'text/html').body.childNodes) {
    if (node.nodeName !== 'MARK') {
      element.append(node.textContent ?? '');
      continue;
    }
    const mark = document.createElement('mark');
    mark.textContent = node.textContent;
    element.append(mark);
  }
  return element;
}

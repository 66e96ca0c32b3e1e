/** Marks the heading that is being read in the table of contents. */
export function followHeadings(layout: HTMLElement, text: HTMLElement): void {
  const part = layout.querySelector('[data-doc-toc=part] ul');
  if (part) part.replaceChildren(...entriesOf(text));
  const links = [...layout.querySelectorAll<HTMLAnchorElement>('[data-doc-toc] a')];
  const headings = links.flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, heading }] : [];
  });
  if (headings.length === 0) return;
  let waiting = false;
  addEventListener(
    'scroll',
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();

  function mark(): void {
    const passed = headings.filter(({ heading }) => heading.getBoundingClientRect().top < 120);
    const current = passed[passed.length - 1] ?? headings[0]!;
    if (current.link.ariaCurrent) return;
    for (const { link } of headings) link.ariaCurrent = null;
    current.link.ariaCurrent = 'true';
    bringIntoView(current.link);
  }
}

/** Scrolls the contents and nothing else: `scrollIntoView` would move the page under the reader. */
function bringIntoView(link: HTMLElement): void {
  const box = link.closest('aside');
  if (!box) return;
  const { top, bottom } = link.getBoundingClientRect();
  const around = box.getBoundingClientRect();
  if (top < around.top || bottom > around.bottom) {
    box.scrollTop += top - around.top - around.height / 2;
  }
}

/** A page's HTML holds no more than the first of very many headings; here are all of them. */
function entriesOf(text: HTMLElement): HTMLLIElement[] {
  return Array.from(text.querySelectorAll('h2[id], h3[id]'), (heading) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    if (heading.tagName === 'H3') item.className = 'h3';
    link.href = `#${encodeURIComponent(heading.id)}`;
    const words = heading.cloneNode(true) as HTMLElement;
    for (const extra of words.querySelectorAll('.headerlink, annotation')) extra.remove();
    link.textContent = words.textContent;
    item.append(link);
    return item;
  });
}

/** Marks the heading that is being read in the table of contents. */
export function followHeadings(layout: HTMLElement): void {
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
    for (const { link } of headings) {
      if (link === current.link) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }
}

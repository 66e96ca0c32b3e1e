/** What a docs page does beyond being read. Everything works without it; each part stands alone. */
import { followHeadings } from './toc.ts';
import { keep, kept } from './kept.ts';
import { loadNavigation } from './navigation.ts';
import { showNotes } from './notes.ts';
import { makeTabs } from './tabs.ts';

const layout = document.querySelector<HTMLElement>('[data-docs]');
const text = layout?.querySelector<HTMLElement>('[data-doc]');

if (layout && text) {
  makeTabs(text);
  addCopyButtons(text);
  addLightbox(text);
  followHeadings(layout, text);
  loadNavigation(layout);
  fold(layout.querySelector('.doc-nav'), 'Pages of this site');
  fold(layout.querySelector('.doc-toc nav'), 'On this page');
  offerReport(layout, text);
  offerWidth(layout);
  openForPrint(text);
  if (text.querySelector('.doc-note-link')) showNotes(text);
  if (layout.dataset['mermaid']) drawWhenSeen(text, layout.dataset['mermaid']);
}

function addCopyButtons(text: HTMLElement): void {
  for (const block of text.querySelectorAll<HTMLElement>('pre.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'doc-copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(codeOf(block));
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 1_500);
    });
    block.append(button);
  }
}

/** Code without the numbers of its annotations. */
function codeOf(block: HTMLElement): string {
  const code = block.querySelector('code')!.cloneNode(true) as HTMLElement;
  for (const link of code.querySelectorAll('.doc-note-link')) link.remove();
  return code.textContent ?? '';
}

function addLightbox(text: HTMLElement): void {
  text.addEventListener('click', (event) => {
    const image = event.target;
    if (!(image instanceof HTMLImageElement) || image.closest('a')) return;
    if (image.naturalWidth <= image.clientWidth && image.clientWidth < 300) return;
    const dialog = document.createElement('dialog');
    dialog.className = 'doc-lightbox';
    dialog.ariaLabel = image.alt || 'Picture';
    const large = document.createElement('img');
    large.src = image.currentSrc || image.src;
    large.alt = image.alt;
    dialog.append(large);
    dialog.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
  for (const image of text.querySelectorAll('img')) {
    if (!image.closest('a')) image.classList.add('zoomable');
  }
}

/** In small windows what stands beside the text stands folded above it. */
function fold(box: HTMLElement | null, label: string): void {
  if (!box) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'doc-nav-toggle';
  button.textContent = label;
  button.setAttribute('aria-expanded', 'false');
  box.classList.add('is-folded');
  button.addEventListener('click', () => {
    const isFolded = box.classList.toggle('is-folded');
    button.setAttribute('aria-expanded', String(!isFolded));
  });
  box.prepend(button);
}

/** A button beside selected text that opens a new issue quoting it. */
function offerReport(layout: HTMLElement, text: HTMLElement): void {
  const report = layout.querySelector<HTMLAnchorElement>('[data-doc-report]');
  if (!report) return;
  const issue = new URL(report.href);
  const body = issue.searchParams.has('title') ? 'body' : 'issue[description]';
  const link = document.createElement('a');
  link.className = 'doc-copy doc-selection';
  link.textContent = 'Report an issue';
  link.hidden = true;
  document.body.append(link);
  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    const quote = selection?.toString().trim() ?? '';
    const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined;
    link.hidden = quote.length < 3 || !range || !text.contains(range.commonAncestorContainer);
    if (link.hidden || !range) return;
    const box = range.getBoundingClientRect();
    link.style.setProperty('top', `${box.bottom + scrollY + 6}px`);
    link.style.setProperty('left', `${box.left + scrollX}px`);
    link.style.setProperty('right', 'auto');
    link.style.setProperty('opacity', '1');
    const words = `> ${quote.slice(0, 1_000).replaceAll('\n', '\n> ')}\n\n${location.href}\n`;
    issue.searchParams.set(body, words);
    link.href = issue.href;
  });
}

function offerWidth(layout: HTMLElement): void {
  const actions = layout.querySelector('.doc-actions');
  if (!actions) return;
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-ghost';
  item.append(button);
  actions.append(item);
  button.addEventListener('click', () =>
    set(layout.dataset['docWidth'] === 'wide' ? 'narrow' : 'wide'),
  );
  set(kept('docs-width', 'localStorage') ?? 'narrow');

  function set(width: string): void {
    layout.dataset['docWidth'] = width;
    button.textContent = width === 'wide' ? 'Narrow text' : 'Wide text';
    keep('docs-width', width, 'localStorage');
  }
}

/** What is folded on the screen is read on paper. */
function openForPrint(text: HTMLElement): void {
  addEventListener('beforeprint', () => {
    for (const details of text.querySelectorAll('details')) details.open = true;
  });
}

function drawWhenSeen(text: HTMLElement, frame: string): void {
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      void import('./mermaid.ts').then(({ draw }) => draw(target as HTMLElement, frame));
    }
  });
  for (const block of text.querySelectorAll('pre.mermaid')) observer.observe(block);
}

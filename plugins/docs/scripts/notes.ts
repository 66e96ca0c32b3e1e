/** Shows the entry an annotation's number leads to beside the number; without scripts the link goes to the list. */
export function showNotes(text: HTMLElement): void {
  const box = document.createElement('div');
  box.className = 'doc-note-box';
  box.popover = 'auto';
  text.append(box);
  text.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('.doc-note-link');
    const note = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!note) return;
    event.preventDefault();
    box.replaceChildren(...[...note.childNodes].map((node) => node.cloneNode(true)));
    for (const element of box.querySelectorAll('[id]')) element.removeAttribute('id');
    box.showPopover();
    const { left, bottom } = link.getBoundingClientRect();
    const most = document.documentElement.clientWidth - box.offsetWidth - 8;
    box.style.left = `${Math.max(8, Math.min(left, most))}px`;
    box.style.top = `${bottom + 4}px`;
  });
  addEventListener('scroll', () => box.hidePopover(), { passive: true });
}

import { remember, starred, toggleStar } from './memory.ts';

for (const button of document.querySelectorAll<HTMLElement>('[data-star]')) {
  const { star: ref = '', title = '', path = '' } = button.dataset;
  const entity = { ref, title, path };
  remember(entity);
  show(
    button,
    starred().some((each) => each.ref === ref),
  );
  button.addEventListener('click', () => show(button, toggleStar(entity)));
}

function show(button: HTMLElement, isStarred: boolean): void {
  button.setAttribute('aria-pressed', String(isStarred));
  if (button.lastChild) button.lastChild.textContent = isStarred ? 'Starred' : 'Star';
}

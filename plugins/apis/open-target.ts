/** Unfolds what the address names, so that a link to a schema shows it. */
export function openTarget(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id === '' ? null : document.getElementById(id);
  const fold = target?.closest('details');
  if (!fold) return;
  fold.open = true;
  target?.scrollIntoView();
}

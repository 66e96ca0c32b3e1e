/** Key under which the portal keeps the team the reader picked; see the catalog's home cards. */
const teamKey = 'callboard:team';
/** Rows shown of a longer list. */
const most = 8;
const watched = new WeakSet<Document>();

/** Narrows the list of broken things to those of the reader's team, once one was picked; all of them otherwise. */
export function showOwnFirst(root: Document): void {
  narrow(root);
  if (watched.has(root)) return;
  watched.add(root);
  root.addEventListener('change', () => setTimeout(() => narrow(root)));
}

function narrow(root: Document): void {
  const team = chosenTeam();
  for (const box of root.querySelectorAll<HTMLElement>('[data-k8s-broken]')) {
    const rows = [...box.querySelectorAll<HTMLElement>('[data-owners]')];
    const own = rows.filter((row) => (row.dataset['owners'] ?? '').split(' ').includes(team));
    const shown = team === '' ? rows : own;
    for (const row of rows) row.hidden = shown.indexOf(row) === -1 || shown.indexOf(row) >= most;
    const note = box.querySelector<HTMLElement>('[data-k8s-own]');
    if (note) {
      note.hidden = team === '';
      note.textContent = `${own.length} of them belong to your team; the others are on the page of all clusters.`;
    }
  }
}

/** Empty where nothing was picked or the browser keeps nothing. */
function chosenTeam(): string {
  try {
    return localStorage.getItem(teamKey) ?? '';
  } catch {
    return '';
  }
}

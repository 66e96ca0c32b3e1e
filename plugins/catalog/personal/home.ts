import { compareKinds, kindLook } from '../kind-looks.ts';
import type { TeamSummary } from '../teams.ts';
import { myTeam, recent, setMyTeam, starred, type Remembered } from './memory.ts';

const base = document.body.dataset['base'] ?? '/';

fill('[data-starred]', starred().slice(0, 12));
fill('[data-recent]', recent().slice(0, 8));
for (const place of document.querySelectorAll<HTMLElement>('[data-my-team]')) void showTeam(place);

function fill(selector: string, entities: readonly Remembered[]): void {
  for (const list of document.querySelectorAll(selector))
    list.replaceChildren(...entities.map(rowOf));
}

function rowOf({ ref, title, path }: Remembered): HTMLElement {
  const look = kindLook(ref.slice(0, ref.indexOf(':')));
  const glyph = element('span', { class: 'glyph', 'aria-hidden': 'true' }, look.glyph);
  const kind = element('span', { class: 'muted small push' }, look.one);
  return element('li', {}, glyph, linkTo(path, title), kind);
}

async function showTeam(place: HTMLElement): Promise<void> {
  const select = place.querySelector<HTMLSelectElement>('[data-my-team-pick]')!;
  const view = place.querySelector<HTMLElement>('[data-my-team-view]')!;
  let teams: TeamSummary[];
  try {
    teams = await (await fetch(`${base}api/catalog/teams.json`)).json();
  } catch {
    view.textContent = 'The teams could not be loaded. Reload to try again.';
    view.hidden = false;
    return;
  }
  select.append(...teams.map(({ ref, title }) => element('option', { value: ref }, title)));
  function show(): void {
    const team = teams.find(({ ref }) => ref === select.value);
    view.hidden = team === undefined;
    const hint = place.querySelector('p');
    if (hint) hint.hidden = team !== undefined;
    if (team) view.replaceChildren(...teamView(team));
  }
  select.value = myTeam() ?? '';
  select.addEventListener('change', () => {
    setMyTeam(select.value || undefined);
    show();
  });
  show();
}

function teamView(team: TeamSummary): HTMLElement[] {
  const { error, warning, info } = team.problems;
  const owned = Object.entries(team.owns)
    .toSorted(([a], [b]) => compareKinds(a, b))
    .map(([kind, count]) => {
      const { one, many } = kindLook(kind);
      const search = new URLSearchParams({ kind: kind.toLowerCase(), only: 'mine' });
      return factOf(
        count === 1 ? one : many,
        linkTo(`/catalog/?${search}`, count.toLocaleString('en')),
      );
    });
  const problems = [
    [error, error === 1 ? 'error' : 'errors'],
    [warning, warning === 1 ? 'warning' : 'warnings'],
    [info, 'info'],
  ].filter(([count]) => count);
  const words = problems.map(([count, word]) => `${count} ${word}`).join(', ') || 'none';
  const facts = element('dl', { class: 'facts' });
  facts.append(
    ...factOf('Team page', linkTo(team.path, team.title)),
    ...factOf('Members', team.members.toLocaleString('en')),
    ...(team.email
      ? factOf('E-mail', element('a', { href: `mailto:${team.email}` }, team.email))
      : []),
    ...owned.flat(),
    ...factOf('Problems', linkTo(`/problems/?owner=${encodeURIComponent(team.ref)}`, words)),
  );
  return [facts];
}

function factOf(label: string, value: Node | string): [HTMLElement, HTMLElement] {
  return [element('dt', {}, label), element('dd', { dir: 'auto' }, value)];
}

function linkTo(path: string, text: string): HTMLElement {
  return element('a', { href: base + path.slice(1), dir: 'auto' }, text);
}

function element(
  name: string,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

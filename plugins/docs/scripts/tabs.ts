/** Makes tabs of labelled blocks; sets with the same labels switch together, on every page. */
import { keep, kept } from './kept.ts';

const stored = 'docs-tab';

export function makeTabs(root: HTMLElement): void {
  const sets = [...root.querySelectorAll<HTMLElement>('.tabbed-set')].map(makeSet);
  const wanted = kept(stored, 'sessionStorage');
  if (wanted) for (const set of sets) set.select(wanted);
  root.addEventListener('docs:tab', (event) => {
    const label = (event as CustomEvent<string>).detail;
    for (const set of sets) set.select(label);
    keep(stored, label, 'sessionStorage');
  });
  showTarget();
  addEventListener('hashchange', showTarget);

  /** An address may lead to what stands in a tab that is not the first. */
  function showTarget(): void {
    const target = targetOf(location.hash);
    const panel = target?.closest<HTMLElement>('.tabbed-block[hidden]');
    if (!target || !panel) return;
    for (const set of sets) set.reveal(target);
    target.scrollIntoView();
  }
}

function targetOf(hash: string): HTMLElement | null {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}

function makeSet(set: HTMLElement) {
  const panels = [...set.children].filter((each): each is HTMLElement =>
    each.classList.contains('tabbed-block'),
  );
  const list = document.createElement('div');
  list.setAttribute('role', 'tablist');
  const tabs = panels.map((panel) => {
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panel.id);
    tab.id = `${panel.id}-label`;
    tab.textContent = panel.querySelector(':scope > .tabbed-label')?.textContent ?? '';
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('click', () => tell(tab));
    list.append(tab);
    return tab;
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.indexOf(document.activeElement as HTMLButtonElement);
    if (!step || at === -1) return;
    const next = tabs[(at + step + tabs.length) % tabs.length]!;
    next.focus();
    tell(next);
    event.preventDefault();
  });
  set.classList.add('tabs-on');
  set.prepend(list);
  const first = panels.findIndex((panel) => panel.classList.contains('tabbed-selected'));
  show(Math.max(0, first));

  function tell(tab: HTMLButtonElement): void {
    show(tabs.indexOf(tab));
    set.dispatchEvent(new CustomEvent('docs:tab', { detail: tab.textContent, bubbles: true }));
  }

  function show(index: number): void {
    for (const [at, panel] of panels.entries()) {
      panel.hidden = at !== index;
      tabs[at]!.setAttribute('aria-selected', String(at === index));
      tabs[at]!.tabIndex = at === index ? 0 : -1;
    }
  }

  return {
    reveal(target: Element) {
      const index = panels.findIndex((panel) => panel.contains(target));
      if (index !== -1) show(index);
    },
    select(label: string) {
      const index = tabs.findIndex((tab) => tab.textContent === label);
      if (index !== -1) show(index);
    },
  };
}

import { countsText, toneOf, wordOf } from './words.ts';

type Status = Parameters<typeof toneOf>[0];

interface LiveEntity {
  asOf: string;
  health: { status: Status; message: string };
  workloads: { id: string; health: { status: Status } }[];
}

/** Asks the host for data newer than the page and shows it; says nothing when there is none. */
export async function refreshLive(root: Document): Promise<void> {
  for (const box of root.querySelectorAll<HTMLElement>('[data-k8s-live]')) {
    const { k8sLive: address, k8sAsOf: asOf } = box.dataset;
    if (!address || !asOf) continue;
    const live = await read(address);
    if (live !== undefined && live.asOf > asOf) show(box, live);
  }
}

async function read(address: string): Promise<LiveEntity | undefined> {
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    const body: unknown = response.ok ? await response.json() : undefined;
    return isLive(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isLive(body: unknown): body is LiveEntity {
  const live = body as Partial<LiveEntity> | undefined;
  return (
    typeof live?.asOf === 'string' &&
    typeof live.health?.status === 'string' &&
    Array.isArray(live.workloads)
  );
}

function show(box: HTMLElement, live: LiveEntity): void {
  setStatus(box.querySelector('[data-k8s-entity]'), live.health.status);
  setText(box, 'message', live.health.message);
  const counts: Parameters<typeof countsText>[0] = {};
  for (const { id, health } of live.workloads) {
    counts[health.status] = (counts[health.status] ?? 0) + 1;
    setStatus(box.querySelector(`[data-k8s-workload="${CSS.escape(id)}"]`), health.status);
    const cause = box.querySelector<HTMLElement>(`[data-k8s-cause="${CSS.escape(id)}"]`);
    if (cause) cause.hidden = health.status !== 'Degraded';
  }
  setText(box, 'counts', countsText(counts));
  const when = new Date(live.asOf).toLocaleString();
  setText(box, 'source', `states refreshed, as of ${when}; the rest as built`);
}

function setText(box: HTMLElement, what: string, text: string): void {
  const place = box.querySelector(`[data-k8s-${what}]`);
  if (place) place.textContent = text;
}

/** The shape is drawn per tone at build; a fresh one is taken from a template of the page, else the word alone changes. */
function setStatus(place: Element | null, status: Status): void {
  const element = place?.querySelector('.status');
  const word = element?.querySelector(':scope > span');
  if (!element || !word || word.textContent === wordOf(status)) return;
  const drawn = [...document.querySelectorAll('.status')].find((each) =>
    each.classList.contains(`status-${toneOf(status)}`),
  );
  const shape = drawn?.querySelector('.status-dot')?.cloneNode(true);
  element.className = `status status-${toneOf(status)}`;
  element.querySelector('.status-dot')?.replaceWith(...(shape ? [shape] : []));
  word.textContent = wordOf(status);
}

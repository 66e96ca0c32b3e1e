interface Status {
  asOf: string;
  sources: { state: string }[];
}

/** A host that was down comes back without telling the browser. */
const retryMilliseconds = 10_000;
let again: ReturnType<typeof setTimeout> | undefined;

/** The age of the data changes without the page, so it is asked for rather than printed into every page. */
export function startDataAge(): void {
  const place = document.querySelector<HTMLElement>('[data-data-age]');
  const mark = document.querySelector<HTMLElement>('[data-offline-mark]');
  if (!place || !mark) return;
  void show(place, mark);
  for (const event of ['online', 'offline']) {
    addEventListener(event, () => void show(place, mark));
  }
}

async function show(place: HTMLElement, mark: HTMLElement): Promise<void> {
  let isOffline = !navigator.onLine;
  let asOf = '';
  try {
    const response = await fetch(place.dataset['dataAge']!);
    isOffline = response.headers.has('x-callboard-offline');
    const status: Status = await response.json();
    asOf = dateText(status.asOf);
    const stale = status.sources.filter((source) => source.state !== 'fresh').length;
    if (asOf !== '') place.textContent = `as of ${asOf}${stale > 0 ? `, ${stale} stale` : ''}`;
  } catch {
    // Nothing kept, or opened from disk: the link beside it says where to look.
  }
  mark.hidden = !isOffline;
  clearTimeout(again);
  if (isOffline) again = setTimeout(() => void show(place, mark), retryMilliseconds);
  if (asOf !== '') mark.querySelector('span')!.textContent = `, data as of ${asOf}`;
}

function dateText(time: string): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return '';
  return at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

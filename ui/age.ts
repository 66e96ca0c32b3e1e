const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago (or until) a moment is, in the reader's words: `12 min. ago`. */
export function ageText(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return 'just now';
}

const kept = new WeakSet<ParentNode>();

/** Turns every marked date below `root` into an age and keeps them true while the page stays open. */
export function showAges(root: ParentNode): void {
  update(root);
  if (kept.has(root)) return;
  kept.add(root);
  setInterval(() => update(root), 60_000);
}

function update(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[data-age]')) {
    time.textContent = ageText(new Date(time.dateTime), new Date());
  }
}

import { startKeys } from './keys.ts';
import { startTheme } from './theme.ts';

startTheme();
startKeys();
showDataAge();

/** The age of the data changes without the page, so it is asked for rather than printed into every page. */
async function showDataAge(): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-data-age]');
  if (!place) return;
  try {
    const response = await fetch(place.dataset['dataAge']!);
    const status: { asOf: string; sources: { state: string }[] } = await response.json();
    const stale = status.sources.filter((source) => source.state !== 'fresh').length;
    const at = new Date(status.asOf);
    if (Number.isNaN(at.getTime())) return;
    const date = at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
    place.textContent = stale > 0 ? `as of ${date}, ${stale} stale` : `as of ${date}`;
  } catch {
    // Offline or opened from disk: the link beside it says where to look.
  }
}

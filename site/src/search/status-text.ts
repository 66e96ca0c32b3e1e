import type { Results } from './engine/messages.ts';

/** What is said about the results, to everyone and to screen readers. */
export function statusText(typed: string, results: Results): string {
  if (results.error !== undefined) return 'The search index could not be loaded.';
  if (typed.trim() === '') return '';
  if (results.total === 0) return results.isFinal ? 'Nothing found.' : 'Searching…';
  const count = `${results.total} ${results.total === 1 ? 'result' : 'results'}`;
  const corrected = results.corrected === undefined ? '' : `, also for “${results.corrected}”`;
  const partial = results.isNamesOnly ? '. Names only: the full text could not be loaded' : '';
  return `${count}${corrected}${partial}`;
}

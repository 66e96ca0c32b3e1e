const key = 'callboard:recent-searches';
const mostKept = 6;

/** What this browser searched for last, newest first; empty where storage is forbidden. */
export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

/** Remembers a search that led somewhere. */
export function rememberSearch(typed: string): void {
  const text = typed.trim();
  if (text === '') return;
  const kept = [text, ...recentSearches().filter((each) => each !== text)].slice(0, mostKept);
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Full or forbidden: nothing is remembered.
  }
}

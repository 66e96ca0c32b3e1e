/**
 * What the reader's own browser remembers; nothing of it leaves the browser.
 * - `callboard:team`: ref of the reader's team, e.g. `group:default/payments`
 * - `callboard:starred`: list of `{ref, title, path}`, newest first
 * - `callboard:recent`: list of the same, entities visited last, newest first
 */
export interface Remembered {
  ref: string;
  title: string;
  /** Below the base. */
  path: string;
}

type Key = 'callboard:starred' | 'callboard:recent';

const teamKey = 'callboard:team';
const mostRecent = 12;

/** Entities the reader starred, newest first. */
export function starred(): Remembered[] {
  return readList('callboard:starred');
}

/** Stars an entity or takes its star away; says whether it is starred now. */
export function toggleStar(entity: Remembered): boolean {
  const before = starred();
  const after = before.filter(({ ref }) => ref !== entity.ref);
  const isStarred = after.length === before.length;
  writeList('callboard:starred', isStarred ? [entity, ...after] : after);
  return isStarred;
}

/** Entities visited last, newest first. */
export function recent(): Remembered[] {
  return readList('callboard:recent');
}

/** Puts an entity on top of those visited last, and brings the title of its star up to date. */
export function remember(entity: Remembered): void {
  const others = recent().filter(({ ref }) => ref !== entity.ref);
  writeList('callboard:recent', [entity, ...others].slice(0, mostRecent));
  const stars = starred();
  const known = stars.find(({ ref }) => ref === entity.ref);
  if (!known || (known.title === entity.title && known.path === entity.path)) return;
  writeList(
    'callboard:starred',
    stars.map((star) => (star === known ? entity : star)),
  );
}

/** Ref of the reader's team. */
export function myTeam(): string | undefined {
  try {
    return localStorage.getItem(teamKey) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Chooses the reader's team, or none. */
export function setMyTeam(ref: string | undefined): void {
  try {
    if (ref) localStorage.setItem(teamKey, ref);
    else localStorage.removeItem(teamKey);
  } catch {
    // Storage may be forbidden: the choice lasts for this page.
  }
}

/** Storage may be forbidden, full, or hold what another version wrote. */
function readList(key: Key): Remembered[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(list) ? list.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

function writeList(key: Key, list: readonly Remembered[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    // Nothing to remember with.
  }
}

function isRemembered(value: unknown): value is Remembered {
  if (typeof value !== 'object' || value === null) return false;
  const { ref, title, path } = value as Record<string, unknown>;
  return (
    typeof ref === 'string' &&
    typeof title === 'string' &&
    typeof path === 'string' &&
    /^\/(?!\/)/.test(path)
  );
}

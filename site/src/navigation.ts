import type { NavEntry, Portal } from '../../plugins/types.ts';

/** Entries of the main navigation: those of the plugins and the shell's own, in order. */
export function navigationOf(portal: Portal): NavEntry[] {
  const own: NavEntry[] = [{ title: 'Problems', path: '/problems/', order: 900 }];
  return [...portal.plugins.flatMap((plugin) => plugin.nav ?? []), ...own].toSorted(
    (a, b) => a.order - b.order,
  );
}

import type { Portal, Problem, Severity } from '../../../plugins/types.ts';

/** Problems of one owner, or of one code. */
export interface ProblemGroup {
  key: string;
  title: string;
  /** Page of the owner or of the code. */
  href: string | undefined;
  problems: Problem[];
  counts: Record<Severity, number>;
}

/** Groups by who should act; those nobody owns come last, because nobody will see to them otherwise. */
export function groupByOwner(portal: Portal): ProblemGroup[] {
  const groups = collectGroups(portal.problems, (problem) => problem.owner ?? '');
  for (const group of groups) {
    const link = group.key === '' ? undefined : portal.entityLink(group.key);
    group.title = link?.title ?? (group.key || 'Nobody owns these');
    group.href = link && portal.href(link.path);
  }
  return groups.toSorted(
    (a, b) => Number(a.key === '') - Number(b.key === '') || weight(b) - weight(a),
  );
}

/** Groups by what is wrong, most severe and most frequent first. */
export function groupByCode(portal: Portal): ProblemGroup[] {
  const groups = collectGroups(portal.problems, (problem) => problem.code);
  for (const group of groups) {
    group.title = portal.kindOf(group.key)?.title ?? group.key;
    group.href = portal.href(`/problems/${group.key}/`);
  }
  return groups.toSorted((a, b) => weight(b) - weight(a));
}

/** Errors before warnings before remarks, whatever their number. */
function weight({ counts }: ProblemGroup): number {
  return counts.error * 1e8 + counts.warning * 1e4 + counts.info;
}

function collectGroups(
  problems: readonly Problem[],
  keyOf: (problem: Problem) => string,
): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>();
  for (const problem of problems) {
    const key = keyOf(problem);
    const group = groups.get(key) ?? {
      key,
      title: key,
      href: undefined,
      problems: [],
      counts: { error: 0, warning: 0, info: 0 },
    };
    groups.set(key, group);
    group.problems.push(problem);
    group.counts[problem.severity]++;
  }
  return [...groups.values()];
}

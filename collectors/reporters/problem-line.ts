import type { Problem } from '../../plugins/types.ts';

/** Where a problem is, as editors and terminals make it clickable: `file:line:column`. */
export function placeText({ at, entity }: Problem, withRepository: boolean): string {
  const place = [at?.file, at?.line, at?.line === undefined ? undefined : at.column].filter(
    (part) => part !== undefined,
  );
  const repository = withRepository && at?.repository ? `${at.repository}/` : '';
  return place.length > 0 ? `${repository}${place.join(':')}` : (at?.repository ?? entity ?? '');
}

/** Counts by severity, as people say them: `2 errors, 1 warning`. */
export function countText(problems: readonly Problem[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    if (count === 0) return [];
    return [
      severity === 'info' ? `${count} info` : `${count} ${severity}${count === 1 ? '' : 's'}`,
    ];
  });
  return parts.length > 0 ? parts.join(', ') : 'no problems';
}

import type { ProblemInput } from '../types.ts';
import type { PlacedReference, ReadEntity } from './read-entity.ts';

/** Fields that put an entity below another of its own kind. */
const hierarchies = new Set(['spec.parent', 'spec.subcomponentOf', 'spec.subdomainOf']);

/** Entities that are, by way of others, above themselves; each circle is reported once, on its first entity. */
export function hierarchyCycles(entities: readonly ReadEntity[]): ProblemInput[] {
  const above = new Map<string, { entity: ReadEntity; reference: PlacedReference }>();
  for (const entity of entities) {
    const reference = entity.references.find(({ field }) => hierarchies.has(field));
    if (reference) above.set(entity.ref, { entity, reference });
  }

  const problems: ProblemInput[] = [];
  const done = new Set<string>();
  for (const start of [...above.keys()].sort()) {
    const trail: string[] = [];
    let ref = start;
    while (above.has(ref) && !done.has(ref)) {
      done.add(ref);
      trail.push(ref);
      ref = above.get(ref)!.reference.target;
    }
    const first = trail.indexOf(ref);
    if (first !== -1) problems.push(problemOf(trail.slice(first), above.get(ref)!));
  }
  return problems;
}

function problemOf(
  circle: readonly string[],
  { entity, reference }: { entity: ReadEntity; reference: PlacedReference },
): ProblemInput {
  const { repository, file } = entity.origin;
  const { field: path, line, column } = reference;
  return {
    code: 'catalog/cycle',
    message: `\`${path}\` goes in a circle: ${wayOf([...circle, circle[0]!])}, expected an end.`,
    hint: 'Remove one of these references.',
    at: { repository, file, line, column, path },
    entity: entity.ref,
    owner: entity.owner,
  };
}

/** The way round a circle, its middle left out where it is long. */
export function wayOf(circle: readonly string[]): string {
  const names = circle.map((name) => `\`${name}\``);
  if (names.length > 8) names.splice(4, names.length - 6, `${names.length - 6} more`);
  return names.join(' → ');
}

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
  const way = [...circle, circle[0]].map((ref) => `\`${ref}\``).join(' → ');
  return {
    code: 'catalog/cycle',
    message: `\`${path}\` goes in a circle: ${way}, expected an end.`,
    hint: 'Remove one of these references.',
    at: { repository, file, line, column, path },
    entity: entity.ref,
    owner: entity.owner,
  };
}

import picomatch from 'picomatch';

import type { Place, ProblemInput } from '../types.ts';
import type { CodeOwner } from './codeowners.ts';
import { hierarchyCycles } from './cycles.ts';
import { areOnePerson, isFromOrganisation, mergePeople } from './organisation.ts';
import type { ReadEntity } from './read-entity.ts';
import { codeOwnerRef, compare, type RepositoryReading } from './read-repository.ts';
import type { CatalogOptions, CollectedEntity, Origin } from './schema.ts';

/** What one repository gave now, or what a failed source gave last time. */
export type Contribution = { reading: RepositoryReading } | { kept: CollectedEntity[] };

type Report = (problem: ProblemInput) => void;

/** One catalog from all repositories, sorted by ref: the first of two entities of the same name wins, and references are checked across all. */
export function assemble(
  contributions: readonly Contribution[],
  options: CatalogOptions,
  report: Report,
): CollectedEntity[] {
  const collected = new Map<string, CollectedEntity>();
  const read: { entity: ReadEntity; reading: RepositoryReading }[] = [];
  const isAllowed = kindRules(options);

  for (const contribution of contributions) {
    if ('kept' in contribution) {
      for (const entity of contribution.kept)
        if (!collected.has(entity.ref)) collected.set(entity.ref, entity);
      continue;
    }
    const { reading } = contribution;
    for (const { entity } of reading.documents) {
      if (!entity) continue;
      const { ref, origin } = entity;
      if (!isAllowed(entity.entity.kind, reading.repository.id)) {
        report(notAllowed(entity));
        continue;
      }
      const first = collected.get(ref);
      if (first && areOnePerson(first.entity, entity.entity)) {
        collected.set(ref, united(first, entity));
        read.push({ entity, reading });
        continue;
      }
      if (first) {
        report(duplicate(first, entity));
        continue;
      }
      collected.set(ref, { ref, entity: entity.entity, origin, raw: entity.raw });
      read.push({ entity, reading });
    }
  }

  const teams = teamsBySlug(collected.values());
  for (const { entity, reading } of read) {
    for (const problem of danglingReferences(entity, collected)) report(problem);
    if (entity.owner !== undefined || !needsOwner(entity.entity.kind)) continue;
    const codeOwner = guessOwner(reading.codeOwners(entity.origin.file), collected, teams);
    if (codeOwner !== undefined) collected.get(entity.ref)!.codeOwner = codeOwner;
    report(noOwner(entity, codeOwner));
  }
  for (const problem of hierarchyCycles(read.map(({ entity }) => entity))) report(problem);
  return [...collected.values()].sort((a, b) => compare(a.ref, b.ref));
}

/** A person or team both written down and known to the organisation: shown once, where it was written. */
function united(first: CollectedEntity, { entity, ref, origin, raw }: ReadEntity): CollectedEntity {
  if (isFromOrganisation(entity)) return { ...first, entity: mergePeople(first.entity, entity) };
  return { ref, entity: mergePeople(entity, first.entity), origin, raw };
}

function kindRules({ rules }: CatalogOptions): (kind: string, repository: string) => boolean {
  if (!rules) return () => true;
  const compiled = rules.map(({ allow, repositories }) => ({
    kinds: new Set(allow.map((kind) => kind.toLowerCase())),
    matches: repositories ? picomatch(repositories) : () => true,
  }));
  return (kind, repository) =>
    compiled.some(({ kinds, matches }) => kinds.has(kind.toLowerCase()) && matches(repository));
}

function notAllowed({ entity, ref, origin, owner }: ReadEntity): ProblemInput {
  return {
    code: 'catalog/kind-not-allowed',
    message: `A ${entity.kind} may not be registered by ${origin.repository}, by the portal's rules.`,
    hint: 'Move it to a repository that may, or ask the platform team to change `plugins.catalog.rules`.',
    at: placeOf(origin),
    entity: ref,
    owner,
  };
}

function duplicate(first: CollectedEntity, second: ReadEntity): ProblemInput {
  const { name } = second.entity.metadata;
  const isCaseOnly = name !== first.entity.metadata.name;
  const difference = isCaseOnly
    ? ` as \`${first.entity.metadata.name}\` (case does not count)`
    : '';
  return {
    code: 'catalog/duplicate',
    message: `\`${second.ref}\` is already defined${difference} in ${placeText(first.origin)}, expected one definition. That one is shown, this one in ${placeText(second.origin)} is left out.`,
    hint: 'Remove one of the two, or rename it.',
    at: placeOf(second.origin),
    entity: second.ref,
    owner: second.owner,
  };
}

function* danglingReferences(
  { references, origin, ref, owner }: ReadEntity,
  collected: ReadonlyMap<string, CollectedEntity>,
): Generator<ProblemInput> {
  for (const { field, text, target, line, column } of references) {
    if (collected.has(target)) continue;
    yield {
      code: 'catalog/dangling-reference',
      message: `\`${field}\` refers to \`${text}\`, but there is no \`${target}\` in the catalog.`,
      hint: 'Correct the reference, or register the entity it means.',
      at: { repository: origin.repository, file: origin.file, line, column, path: field },
      entity: ref,
      owner: target === owner ? undefined : owner,
    };
  }
}

/** People and groups own; Locations only point. */
function needsOwner(kind: string): boolean {
  return kind !== 'Group' && kind !== 'User' && kind !== 'Location';
}

function noOwner({ entity, ref, origin }: ReadEntity, codeOwner: string | undefined): ProblemInput {
  const guess =
    codeOwner === undefined
      ? 'CODEOWNERS names nobody either'
      : `\`${codeOwner}\` is shown, from CODEOWNERS`;
  return {
    code: 'catalog/no-owner',
    message: `The ${entity.kind} names no owner, expected \`spec.owner\`; ${guess}.`,
    hint: 'Add `owner: <group>` below `spec`.',
    at: placeOf(origin),
    entity: ref,
    owner: codeOwner,
  };
}

/** The first owner the catalog knows, else the first one named. */
function guessOwner(
  owners: readonly CodeOwner[],
  collected: ReadonlyMap<string, CollectedEntity>,
  teams: ReadonlyMap<string, string>,
): string | undefined {
  for (const owner of owners) {
    const slug = `${owner.organization ?? ''}/${owner.name}`.toLowerCase();
    const ref = teams.get(slug) ?? codeOwnerRef(owner);
    if (collected.has(ref)) return ref;
  }
  return owners[0] && codeOwnerRef(owners[0]);
}

/** Groups and users by their name on GitHub, where their annotations give it. */
function teamsBySlug(entities: Iterable<CollectedEntity>): Map<string, string> {
  const teams = new Map<string, string>();
  for (const { ref, entity } of entities) {
    const annotations = entity.metadata.annotations ?? {};
    const team = annotations['github.com/team-slug'];
    const user = annotations['github.com/user-login'];
    if (team !== undefined) teams.set(team.toLowerCase(), ref);
    if (user !== undefined) teams.set(`/${user.toLowerCase()}`, ref);
  }
  return teams;
}

function placeOf({ repository, file, line, column }: Origin): Place {
  return { repository, file, line, column };
}

function placeText({ repository, file, line }: Origin): string {
  return `${repository} ${file}:${line}`;
}

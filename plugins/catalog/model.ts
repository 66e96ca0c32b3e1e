import type { Entity, ModelContext } from '../types.ts';
import { groupsBelow } from './groups.ts';
import type { Catalog, CatalogEntity } from './index.ts';
import { pathOf, titleOf } from './naming.ts';
import { oppositeRelation, referencesOf } from './relations.ts';
import type { CatalogOptions, CatalogSnapshot, CollectedEntity } from './schema.ts';

/** The catalog of a snapshot: every entity with its relations in both directions. */
export default function model({
  data,
}: Pick<ModelContext<CatalogOptions, CatalogSnapshot>, 'data'>): Catalog {
  const collected = data?.entities ?? [];
  const relations = allRelations(collected);
  const byRef = new Map<string, CatalogEntity>();
  for (const entity of collected)
    byRef.set(entity.ref, catalogEntity(entity, relations.get(entity.ref)));

  const entities = [...byRef.values()];
  const byKind = Map.groupBy(entities, ({ entity }) => entity.kind.toLowerCase());
  const byOwner = Map.groupBy(entities, ({ owner }) => owner);
  for (const list of byKind.values()) list.sort(byTitle);
  for (const list of byOwner.values()) list.sort(byTitle);

  function related(ref: string, type: string): CatalogEntity[] {
    return [...(relations.get(ref)?.get(type) ?? [])]
      .flatMap((target) => byRef.get(target) ?? [])
      .sort(byTitle);
  }

  return {
    entities,
    get: (ref) => byRef.get(ref),
    ofKind: (kind) => byKind.get(kind.toLowerCase()) ?? [],
    related,
    ownedBy(ref, { descendants = false } = {}) {
      if (!descendants) return byOwner.get(ref) ?? [];
      return groupsBelow(ref, related)
        .flatMap((each) => byOwner.get(each) ?? [])
        .sort(byTitle);
    },
  };
}

type Relations = Map<string, Map<string, Set<string>>>;

function allRelations(collected: readonly CollectedEntity[]): Relations {
  const relations: Relations = new Map();
  function add(ref: string, type: string, target: string): void {
    let types = relations.get(ref);
    if (!types) relations.set(ref, (types = new Map()));
    const found = types.get(type);
    if (found) found.add(target);
    else types.set(type, new Set([target]));
  }
  for (const { ref, entity } of collected) {
    for (const { type, target } of referencesOf(entity)) {
      if (target === undefined) continue;
      add(ref, type, target);
      add(target, oppositeRelation(type), ref);
    }
  }
  return relations;
}

function catalogEntity(
  { ref, entity, origin, raw, codeOwner }: CollectedEntity,
  relations: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): CatalogEntity {
  const owners = [...(relations?.get('ownedBy') ?? [])];
  const owner = owners[0] ?? codeOwner;
  return {
    ref,
    entity: { ...(entity as Entity), relations: relationList(relations) },
    title: titleOf(entity),
    path: pathOf(ref),
    origin,
    raw,
    owner,
    isOwnerFromCodeOwners: owners.length === 0 && codeOwner !== undefined,
  };
}

function relationList(
  relations: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): { type: string; targetRef: string }[] {
  const list = [...(relations ?? [])].flatMap(([type, targets]) =>
    [...targets].map((targetRef) => ({ type, targetRef })),
  );
  return list.sort((a, b) => order(a.type, b.type) || order(a.targetRef, b.targetRef));
}

function byTitle(a: CatalogEntity, b: CatalogEntity): number {
  return order(a.title, b.title) || order(a.ref, b.ref);
}

// One collator for all: `localeCompare` makes one per call, which is most of the time at 10,000 entities. The locale
// is fixed so that the order does not depend on the machine.
const collator = new Intl.Collator('en', { numeric: true });

function order(a: string, b: string): number {
  return collator.compare(a, b);
}

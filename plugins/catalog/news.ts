import type { FeedTopic, Watched } from '../types.ts';
import { groupsBelow } from './groups.ts';
import type { Catalog, CatalogEntity } from './index.ts';
import { pathOf, titleOf } from './naming.ts';
import { splitRef } from './refs.ts';
import { referencesOf } from './relations.ts';
import type { CatalogSnapshot } from './schema.ts';

/** Every entity, with the changes of it that people want to hear about: owner and lifecycle. */
export function* watchedEntities({ entities }: CatalogSnapshot): Generator<Watched> {
  for (const { ref, entity, codeOwner } of entities) {
    const references = referencesOf(entity);
    const owner = targetsOf(references, 'ownedBy')[0] ?? codeOwner;
    const lifecycle = entity.spec?.['lifecycle'];
    yield {
      id: ref,
      label: entity.kind.toLowerCase(),
      title: titleOf(entity),
      path: pathOf(ref),
      about: [ref, ...(owner === undefined ? [] : [owner]), ...targetsOf(references, 'partOf')],
      fields: {
        ...(owner !== undefined && { owner: shortName(owner) }),
        ...(typeof lifecycle === 'string' && { lifecycle }),
      },
    };
  }
}

/** A feed for every team and every system: news of themselves and of all that is theirs. */
export function* feedTopics(catalog: Catalog): Generator<FeedTopic> {
  for (const team of catalog.ofKind('group')) {
    const owned = catalog.ownedBy(team.ref, { descendants: true }).map(({ ref }) => ref);
    yield topicOf(team, [...groupsBelow(team.ref, catalog.related), ...owned]);
  }
  for (const system of catalog.ofKind('system')) {
    yield topicOf(system, [
      system.ref,
      ...catalog.related(system.ref, 'hasPart').map(({ ref }) => ref),
    ]);
  }
}

/** Where the feed of a team or a system is; undefined for anything else. */
export function feedPathOf({ ref, entity }: CatalogEntity): string | undefined {
  return /^(group|system)$/i.test(entity.kind) ? `/feeds/${topicId(ref)}.xml` : undefined;
}

function topicOf({ ref, title, path }: CatalogEntity, follows: readonly string[]): FeedTopic {
  return { id: topicId(ref), title, path, follows: new Set(follows) };
}

function topicId(ref: string): string {
  return ref.replace(':', '/');
}

function targetsOf(references: ReturnType<typeof referencesOf>, type: string): string[] {
  return references.flatMap((each) =>
    each.type === type && each.target !== undefined ? [each.target] : [],
  );
}

/** As people say it: without kind, and without the usual namespace. */
function shortName(ref: string): string {
  const { namespace, name } = splitRef(ref);
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

import type { Entity, EntityCard, HomeWidget } from '../types.ts';
import { problemsOf, specText } from './lookup.ts';
import { hasNeighbours } from './neighbourhood.ts';
import { refOf } from '../entity.ts';
import { cardRelations } from './relation-looks.ts';

/** The catalog's own cards on entity pages; other plugins' stand among them by `order`. */
export const entityCards: EntityCard[] = [
  {
    id: 'problems',
    title: 'Problems',
    area: 'main',
    order: 5,
    appliesTo: (entity, portal) => problemsOf(portal, refOf(entity)).length > 0,
    component: () => import('./cards/Problems.astro'),
  },
  {
    id: 'contents',
    title: 'Contents',
    area: 'main',
    order: 20,
    appliesTo: isOf('system', 'domain'),
    component: () => import('./cards/Contents.astro'),
  },
  {
    id: 'owned',
    title: 'Owns',
    area: 'main',
    order: 20,
    appliesTo: isOf('group', 'user'),
    component: () => import('./cards/Owned.astro'),
  },
  {
    id: 'neighbourhood',
    title: 'Neighbourhood',
    area: 'main',
    order: 60,
    appliesTo: (entity) => hasNeighbours(entity, refOf(entity)),
    component: () => import('./cards/Neighbourhood.astro'),
  },
  {
    id: 'relations',
    title: 'Relations',
    area: 'main',
    order: 70,
    appliesTo: (entity) => cardRelations(entity).length > 0,
    component: () => import('./cards/Relations.astro'),
  },
  {
    id: 'definition',
    title: 'Definition',
    area: 'main',
    order: 80,
    appliesTo: (entity) =>
      entity.kind.toLowerCase() === 'api' && Boolean(specText(entity, 'definition')),
    component: () => import('./cards/Definition.astro'),
  },
  {
    id: 'source',
    title: 'As committed',
    area: 'main',
    order: 900,
    appliesTo: () => true,
    component: () => import('./cards/Source.astro'),
  },
  {
    id: 'about',
    title: 'About',
    area: 'rail',
    order: 10,
    appliesTo: () => true,
    component: () => import('./cards/About.astro'),
  },
  {
    id: 'members',
    title: 'Members',
    area: 'rail',
    order: 20,
    appliesTo: isOf('group'),
    component: () => import('./cards/Members.astro'),
  },
  {
    id: 'links',
    title: 'Links',
    area: 'rail',
    order: 30,
    appliesTo: ({ metadata }) => (metadata.links ?? []).length > 0,
    component: () => import('./cards/Links.astro'),
  },
  {
    id: 'labels',
    title: 'Labels and annotations',
    area: 'rail',
    order: 900,
    appliesTo: ({ metadata }) =>
      Object.keys(metadata.labels ?? {}).length + Object.keys(metadata.annotations ?? {}).length >
      0,
    component: () => import('./cards/Labels.astro'),
  },
];

/** The catalog's part of the home page. */
export const homeWidgets: HomeWidget[] = [
  {
    id: 'glance',
    title: 'At a glance',
    area: 'main',
    order: 10,
    component: () => import('./cards/Glance.astro'),
  },
  {
    id: 'domains',
    title: 'Domains and systems',
    area: 'main',
    order: 20,
    component: () => import('./cards/Domains.astro'),
  },
  {
    id: 'my-team',
    title: 'My team',
    area: 'side',
    order: 10,
    component: () => import('./cards/MyTeam.astro'),
  },
  {
    id: 'starred',
    title: 'Starred',
    area: 'side',
    order: 20,
    component: () => import('./cards/Starred.astro'),
  },
  {
    id: 'recent',
    title: 'Recently visited',
    area: 'side',
    order: 30,
    component: () => import('./cards/Recent.astro'),
  },
];

function isOf(...kinds: string[]): (entity: Entity) => boolean {
  return ({ kind }) => kinds.includes(kind.toLowerCase());
}

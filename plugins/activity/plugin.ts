import { definePlugin } from '../types.ts';
import type { Entity, Portal } from '../types.ts';
import type { Activity } from './model.ts';
import { releaseEvents } from './release-events.ts';
import { activityProblems } from './problems.ts';
import { ActivityOptions, ActivitySnapshot } from './schema.ts';

/** What happens in the repositories on GitHub: runs, releases, pull requests, issues, alerts, people. */
export default definePlugin({
  name: 'activity',
  title: 'Activity',
  after: ['catalog'],
  options: ActivityOptions,
  snapshot: { version: 1, schema: ActivitySnapshot },
  problems: activityProblems,
  collect: () => import('./collect.ts'),
  model: () => import('./model.ts'),
  entityCards: [
    {
      id: 'summary',
      title: 'Activity',
      area: 'rail',
      order: 60,
      appliesTo: isActive,
      component: () => import('./cards/Summary.astro'),
    },
    {
      id: 'team',
      title: 'Activity',
      area: 'main',
      order: 30,
      appliesTo: (entity, portal) =>
        entity.kind === 'Group' && (activityOf(portal)?.ofTeam(entity).length ?? 0) > 0,
      component: () => import('./cards/Team.astro'),
    },
  ],
  entityTabs: [
    {
      path: 'activity',
      title: 'Activity',
      order: 60,
      appliesTo: isActive,
      component: () => import('./cards/Tab.astro'),
    },
  ],
  entityEvents: (entity, model) => releaseEvents(model.of(entity)),
  *api(model) {
    yield { path: 'repositories.json', body: JSON.stringify({ repositories: model.repositories }) };
  },
});

function activityOf(portal: Portal): Activity | undefined {
  return portal.model<Activity>('activity');
}

function isActive(entity: Entity, portal: Portal): boolean {
  return activityOf(portal)?.of(entity) !== undefined;
}

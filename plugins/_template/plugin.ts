import { definePlugin } from '../types.ts';
import type { Changelogs } from './model.ts';
import { changelogsProblems } from './problems.ts';
import { ChangelogsOptions, ChangelogsSnapshot } from './schema.ts';

/** The newest changelog entry on the page of every entity whose repository has one. */
export default definePlugin({
  name: 'changelogs',
  title: 'Changelogs',
  after: ['catalog'],
  options: ChangelogsOptions,
  snapshot: { version: 1, schema: ChangelogsSnapshot },
  problems: changelogsProblems,
  collect: () => import('./collect.ts'),
  model: () => import('./model.ts'),
  templateActions: [
    {
      id: 'changelogs:start',
      description: 'Starts the changelog of a new repository.',
      input: {
        type: 'object',
        properties: { version: { type: 'string' }, text: { type: 'string', minLength: 1 } },
        required: ['text'],
      },
      output: { type: 'object', properties: { version: { type: 'string' } } },
      supportsDryRun: true,
      load: () => import('./actions/start.ts'),
    },
  ],
  entityCards: [
    {
      id: 'latest',
      title: 'Latest change',
      area: 'rail',
      appliesTo: (entity, portal) =>
        portal.model<Changelogs>('changelogs')?.latestOf(entity) !== undefined,
      component: () => import('./cards/Latest.astro'),
    },
  ],
});

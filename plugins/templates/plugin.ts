import { definePlugin } from '../types.ts';
import { templatesProblems } from './problems.ts';
import { TemplatesOptions, TemplatesSnapshot } from './schema.ts';

/** Software templates: a form, a preview of the real result, and three ways to run it without a backend. */
export default definePlugin({
  name: 'templates',
  title: 'Templates',
  after: ['catalog'],
  options: TemplatesOptions,
  snapshot: {
    version: 1,
    schema: TemplatesSnapshot,
    identities: (data) => data.templates.map(({ ref }) => ref),
  },
  problems: templatesProblems,
  collect: () => import('./collect.ts'),
  check: () => import('./checks.ts'),
  commands: [
    {
      name: 'create',
      summary: 'create a repository from a template',
      load: () => import('./commands/create.ts'),
    },
    {
      name: 'template',
      summary: 'work on software templates',
      load: () => import('./commands/template.ts'),
    },
    {
      name: 'init',
      summary: 'make a portal for an organisation',
      load: () => import('./commands/init.ts'),
    },
  ],
});

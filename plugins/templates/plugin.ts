import { definePlugin } from '../types.ts';
import type { Templates } from './model.ts';
import { templatesProblems } from './problems.ts';
import { TemplatesOptions, TemplatesSnapshot } from './schema.ts';

/** Software templates: a form, a preview of the real result, and three ways to run it without a backend. */
export default definePlugin<TemplatesOptions, TemplatesSnapshot, Templates>({
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
  model: () => import('./model.ts'),
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
  nav: [{ title: 'Create', path: '/create/', order: 50 }],
  pages: [
    {
      path: '/create/',
      title: 'Create',
      description: 'Templates for new services, sites and modules.',
      component: () => import('./pages/Create.astro'),
    },
    {
      path: '/create/templates/[namespace]/[name]/',
      title: 'Template',
      layout: 'wide',
      component: () => import('./pages/Template.astro'),
      *items({ all }, portal) {
        for (const { namespace, name, title, description, ref } of all) {
          yield {
            params: { namespace, name },
            title,
            ...(description !== undefined && { description }),
            item: { ref },
            breadcrumbs: [{ title: 'Create', href: portal.href('/create/') }],
          };
        }
      },
    },
  ],
  *search({ all }) {
    for (const { title, name, path, description, tags, ref } of all) {
      yield {
        url: path,
        title,
        type: 'Template',
        ...(description !== undefined && { summary: description }),
        names: [name, ref],
        breadcrumb: ['Create'],
        filters: { tag: [...tags] },
      };
    }
  },
  api: (templates) => templates.files(),
});

import { refOf } from '../entity.ts';
import { definePlugin } from '../types.ts';
import type { Docs } from './model.ts';
import { watchedDocs } from './news.ts';
import {
  guideSections,
  pagePolicy,
  portalFiles,
  readerPages,
  searchRecords,
  type ReaderItem,
} from './pages.ts';
import { problems } from './problems.ts';
import { DocsOptions, DocsSnapshot } from './schema.ts';

/** Documentation as code: every team's TechDocs and MkDocs pages. */
export default definePlugin<DocsOptions, DocsSnapshot, Docs>({
  name: 'docs',
  title: 'Docs',
  after: ['catalog'],
  options: DocsOptions,
  snapshot: {
    version: 1,
    schema: DocsSnapshot,
    identities: ({ sites }) => sites.map(({ entity }) => entity),
  },
  problems,
  watched: watchedDocs,
  collect: () => import('./collect.ts'),
  prepare: () => import('./prepare.ts'),
  model: () => import('./model.ts'),
  tools: () => import('./tools.ts'),
  check: () => import('./checks.ts'),
  nav: [{ title: 'Docs', path: '/docs/', order: 30 }],
  pages: [
    {
      path: '/docs/',
      title: 'Docs',
      description: 'Documentation of every team, from the repositories it is written in.',
      component: () => import('./pages/List.astro'),
    },
    {
      path: '/docs/[namespace]/[kind]/[name]/[...page]/',
      title: 'Docs',
      component: () => import('./pages/Reader.astro'),
      items: (docs) => readerPages(docs),
      policy: (item, docs) => pagePolicy(item as ReaderItem, docs),
    },
  ],
  entityCards: [
    {
      id: 'docs',
      title: 'Documentation',
      area: 'main',
      order: 60,
      appliesTo: (entity, portal) => siteOf(entity, portal) !== undefined,
      component: () => import('./cards/Documentation.astro'),
    },
  ],
  entityFacts: function* facts(entity, docs) {
    const site = docs.siteOf(refOf(entity));
    if (!site) return;
    const count = site.data.pages.length;
    yield {
      id: 'docs',
      label: 'Docs',
      text: `${count} ${count === 1 ? 'page' : 'pages'}`,
      href: site.path,
      ...(site.updated !== undefined && { asOf: site.updated }),
      sort: count,
    };
  },
  search: (docs) => searchRecords(docs),
  guide: (docs) => guideSections(docs),
  files: (docs) => portalFiles(docs),
});

function siteOf(
  entity: { kind: string; metadata: { namespace: string; name: string } },
  portal: { model<T>(plugin: string): T | undefined },
) {
  return portal.model<Docs>('docs')?.siteOf(refOf(entity));
}

import type { Watched } from '../types.ts';
import type { DocsSnapshot } from './schema.ts';
import { addressOf, sitePath } from './sites/paths.ts';

/** Every site and every page of it; a site that comes or goes is one piece of news, not one for each page. */
export function* watchedDocs({ sites }: DocsSnapshot): Generator<Watched> {
  for (const { entity, title, pages } of sites) {
    const site = `/docs/${sitePath(entity)}/`;
    yield { id: entity, label: 'documentation', title, path: site, about: [entity] };
    for (const page of pages) {
      if (page.isHidden) continue;
      yield {
        id: `${entity}#${page.path}`,
        label: 'page',
        title: `${page.title} in ${title}`,
        path: site + addressOf(page.path),
        about: [entity],
        within: entity,
      };
    }
  }
}

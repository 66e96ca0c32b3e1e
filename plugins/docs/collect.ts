import { collectedEntities, type CollectedEntity } from '../catalog/index.ts';
import type { CollectContext, CollectResult, Repository } from '../types.ts';
import type { DocsOptions, DocsSite, DocsSnapshot } from './schema.ts';
import { discover } from './sites/discover.ts';
import { readSite, type ReadSite } from './sites/read-site.ts';
import { SiteStore } from './sites/store.ts';
import { safeSvg } from './sites/svg.ts';
import { toSite } from './sites/to-site.ts';

type Context = CollectContext<DocsOptions, DocsSnapshot>;

/** Copies every site's pages and files. They are rendered and checked when a build prepares: `collect` never renders. */
export default async function collect(context: Context): Promise<CollectResult<DocsSnapshot>> {
  const { repositories, sources, previous, previousProblems, options, report } = context;
  const store = new SiteStore(context.folder);
  const sites: DocsSite[] = [];
  const aliases: DocsSnapshot['aliases'] = [];

  const entities = collectedEntities(context);
  for (const [index, collected] of entities.entries()) {
    context.signal.throwIfAborted();
    context.progress(index, entities.length, collected.ref);
    const found = discover(collected, repositories);
    if (found.kind === 'alias') aliases.push({ entity: collected.ref, ...found });
    if (found.kind === 'problem' && isRead(collected)) report(found.problem);
    if (found.kind !== 'site') continue;
    const site = await collectSite(collected, found.repository, found.folder);
    if (site) sites.push(site);
  }
  keepOfFailedSources();
  store.prune();

  sites.sort((a, b) => (a.entity < b.entity ? -1 : 1));
  return {
    data: {
      sites,
      aliases: aliases.map(({ entity, target, path }) => ({ entity, target, path })),
      ...(sites.some(({ pages }) => pages.some(({ linksEntities }) => linksEntities)) && {
        entities: [...new Set(entities.map(({ ref }) => ref))].sort(),
      }),
    },
  };

  function isRead({ origin }: CollectedEntity): boolean {
    return sources.find(({ id }) => id === origin.source)?.state !== 'failed';
  }

  async function collectSite(
    { ref, entity, origin, codeOwner }: CollectedEntity,
    repository: Repository,
    folder: string,
  ): Promise<DocsSite | undefined> {
    const read = await readSite(repository, folder, (problem) =>
      report({ ...problem, entity: ref }),
    );
    if (read.pages.length === 0) {
      report({
        code: 'docs/no-pages',
        message: `No Markdown was found in \`${read.configuration.docs || '.'}\`, expected at least \`index.md\`.`,
        hint: 'Add the page, or take the annotation `backstage.io/techdocs-ref` away.',
        at: { repository: repository.id, file: origin.file, line: origin.line },
        entity: ref,
      });
      return undefined;
    }
    if (!entity.spec?.['owner'] && !codeOwner) {
      report({
        code: 'docs/unowned',
        message: 'This documentation has no owner.',
        hint: 'Give the entity a `spec.owner`.',
        at: { repository: repository.id, file: origin.file, line: origin.line },
        entity: ref,
      });
    }
    const title =
      typeof entity.metadata.title === 'string' ? entity.metadata.title : entity.metadata.name;
    const history = await repository.history?.(read.configuration.docs);
    const site = toSite(ref, title, repository, read, options, history);
    writeSite(site, read);
    return site;
  }

  function writeSite({ entity }: DocsSite, { pages, assets }: ReadSite): void {
    for (const { path, text, includes } of pages) {
      store.write(entity, 'files', path, text);
      for (const { file, text: content } of includes.values()) {
        store.write(entity, 'includes', file, content);
      }
    }
    for (const { path, bytes } of assets) {
      const isDrawing = /\.svg$/iu.test(path);
      store.write(
        entity,
        'files',
        path,
        isDrawing ? safeSvg(new TextDecoder().decode(bytes)) : bytes,
      );
    }
  }

  /** Sites of a source that could not be read stay as they were. */
  function keepOfFailedSources(): void {
    const failed = new Set(sources.filter(({ state }) => state === 'failed').map(({ id }) => id));
    const kept = (previous?.sites ?? []).filter(
      ({ source, entity }) => failed.has(source) && !sites.some((site) => site.entity === entity),
    );
    const keptEntities = new Set(kept.map(({ entity }) => entity));
    for (const site of kept) {
      store.keep(site.entity);
      sites.push(site);
    }
    for (const problem of previousProblems) {
      if (problem.entity && keptEntities.has(problem.entity)) report(problem);
    }
  }
}

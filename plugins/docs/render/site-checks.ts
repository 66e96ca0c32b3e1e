import { fileOf } from '../outline.ts';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { healthOf, isStale, type PageFacts } from '../health.ts';
import type { EntityDocs } from '../entity-docs.ts';
import type { ProblemInput } from '../../types.ts';
import type { DocsSite } from '../schema.ts';
import { sitePath } from '../sites/paths.ts';
import type { SiteStore } from '../sites/store.ts';
import type { PageCache } from './cache.ts';

/**
 * Checks sites, and remembers in one file for each what checks need of its pages and what they found:
 * reading thousands of pages from the cache to find nothing new would take longer than everything else.
 */
export class SiteChecks {
  readonly #cache: PageCache;
  readonly #store: SiteStore;
  readonly #staleAfterMonths: number;
  readonly #entities: EntityDocs;
  readonly #now = new Date();

  constructor(cache: PageCache, store: SiteStore, staleAfterMonths: number, entities: EntityDocs) {
    this.#cache = cache;
    this.#store = store;
    this.#staleAfterMonths = staleAfterMonths;
    this.#entities = entities;
  }

  /** What is wrong with a site whose pages are all in the cache. */
  problemsOf(site: DocsSite): ProblemInput[] {
    const stamp = this.#stampOf(site);
    const [first = '', second = ''] = this.#read(site);
    const known = parse<{ stamp: string; problems: ProblemInput[] }>(first);
    if (known?.stamp === stamp) return known.problems;
    const before = parse<Record<string, PageFacts>>(second) ?? {};
    const facts: Record<string, PageFacts> = {};
    for (const { key } of site.pages) {
      const found = before[key] ?? this.#factsOf(key);
      if (found) facts[key] = found;
    }
    const problems = healthOf({
      site,
      facts: new Map(
        site.pages.flatMap(({ path, key }) => (facts[key] ? [[path, facts[key]]] : [])),
      ),
      textOf: (page) => this.#store.read(site.entity, 'files', page.path),
      fileOf: (page) => fileOf(site, page),
      entities: this.#entities,
      staleAfterMonths: this.#staleAfterMonths,
      now: this.#now,
    });
    this.#write(site, `${JSON.stringify({ stamp, problems })}\n${JSON.stringify(facts)}`);
    return problems;
  }

  #factsOf(key: string): PageFacts | undefined {
    const meta = this.#cache.readMeta(key);
    return meta && { ids: meta.ids, links: meta.links, notes: meta.notes, words: meta.words };
  }

  /** Changes when what is found could. */
  #stampOf(site: DocsSite): string {
    const pages = site.pages.map((page) => [
      page.path,
      page.key,
      page.isHidden,
      isStale(page, site, this.#staleAfterMonths, this.#now) && page.updated,
    ]);
    const { repository, entity, docs, nav, redirects } = site;
    const assets = site.assets.map(({ path }) => path);
    const entities = site.pages.some(({ linksEntities }) => linksEntities) && this.#entities.stamp;
    return createHash('sha256')
      .update(JSON.stringify([pages, repository, entity, docs, nav, redirects, assets, entities]))
      .digest('hex');
  }

  #read(site: DocsSite): string[] {
    try {
      return readFileSync(this.#pathOf(site), 'utf8').split('\n', 2);
    } catch {
      return [];
    }
  }

  #write(site: DocsSite, text: string): void {
    const path = this.#pathOf(site);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  #pathOf({ entity }: DocsSite): string {
    return join(this.#cache.folder, 'sites', `${sitePath(entity)}.json`);
  }
}

function parse<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}

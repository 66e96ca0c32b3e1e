import * as z from 'zod';

const host = z
  .string()
  .regex(/^[a-z0-9.-]+(?::\d+)?$/u, 'Expected a host, e.g. `img.shields.io`, without `https://`.');

/** Options below `plugins.docs`. */
export const DocsOptions = z.strictObject({
  /** Months without a change after which a page counts as stale, where the source knows when pages changed. */
  staleAfterMonths: z.number().int().positive().default(12),
  /** Hosts whose pages may be shown in an iframe, e.g. `['www.youtube-nocookie.com']`. */
  iframeHosts: z.array(host).default([]),
  /** Hosts whose pictures a page may show, e.g. `['img.shields.io']`; pictures from elsewhere become links. */
  imageHosts: z.array(host).default([]),
  /** PlantUML server that draws diagrams, e.g. `https://plantuml.example`; readers' browsers send it the source. */
  plantumlServer: z.url({ protocol: /^https?$/u }).optional(),
});
export type DocsOptions = z.infer<typeof DocsOptions>;

/** An entry of a site's navigation: a page, a link elsewhere, or a section with entries of its own. */
export interface NavNode {
  title: string;
  /** Path of the page below the docs folder. */
  page?: string | undefined;
  /** Address elsewhere. */
  url?: string | undefined;
  children?: NavNode[] | undefined;
}

const NavNode: z.ZodType<NavNode> = z.lazy(() =>
  z.object({
    title: z.string(),
    page: z.string().optional(),
    url: z.string().optional(),
    children: z.array(NavNode).optional(),
  }),
);

/** One page: its text lies in the plugin's folder, its HTML in the cache under `key`. */
export const DocsPage = z.object({
  /** Below the docs folder. */
  path: z.string(),
  /** In the repository, where that is not the docs folder and `path`: of an included site, or a README. */
  file: z.string().optional(),
  title: z.string(),
  /** Hash of everything the HTML is made of, the pipeline's version aside. */
  key: z.string(),
  /** Included files by the name they go by in the page; values are paths below the site's folder. */
  includes: z.record(z.string(), z.string()).optional(),
  /** ISO 8601, where the source has history. */
  updated: z.string().optional(),
  /** Names of people who changed it, latest first. */
  contributors: z.array(z.string()).optional(),
  /** Not part of the navigation, and nobody is told. */
  isHidden: z.boolean().optional(),
  /** It may link to entities, so what it shows changes with where they are. */
  linksEntities: z.boolean().optional(),
});
export type DocsPage = z.infer<typeof DocsPage>;

export const DocsAsset = z.object({
  path: z.string(),
  bytes: z.number(),
  width: z.number().optional(),
  height: z.number().optional(),
});
export type DocsAsset = z.infer<typeof DocsAsset>;

/** The documentation of one entity. */
export const DocsSite = z.object({
  /** Canonical ref of the entity. */
  entity: z.string(),
  source: z.string(),
  repository: z.string(),
  title: z.string(),
  /** Path of the docs folder in the repository. */
  docs: z.string(),
  /** File that configures the site, in the repository. */
  config: z.string().optional(),
  /** Web address that a path in the repository is appended to, for reading and for editing. */
  viewBase: z.string().optional(),
  editBase: z.string().optional(),
  /** Address a page's path below the docs folder is appended to for editing, where `mkdocs.yml` names one. */
  editPages: z.string().optional(),
  /** Address new issues are reported at. */
  issues: z.string().optional(),
  asOf: z.string(),
  dialect: z.object({
    features: z.array(z.string()),
    listIndent: z.union([z.literal(2), z.literal(4)]),
    saneLists: z.boolean(),
    fenceOptions: z.boolean(),
    slugs: z.enum(['ascii', 'unicode']),
  }),
  nav: z.array(NavNode),
  pages: z.array(DocsPage),
  assets: z.array(DocsAsset),
  /** Addresses below the site that moved, with where to. */
  redirects: z.record(z.string(), z.string()),
});
export type DocsSite = z.infer<typeof DocsSite>;

/** An entity whose documentation is another entity's. */
const DocsAlias = z.object({ entity: z.string(), target: z.string(), path: z.string() });

/** What `collect` leaves for the pages. */
export const DocsSnapshot = z.object({
  sites: z.array(DocsSite),
  aliases: z.array(DocsAlias),
  /** Refs of all entities, where a page may link to one: without them, nobody knows which links are broken. */
  entities: z.array(z.string()).optional(),
});
export type DocsSnapshot = z.infer<typeof DocsSnapshot>;

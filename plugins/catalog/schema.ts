import * as z from 'zod';

/** One of Backstage's `catalog.rules`: kinds that these repositories may register. */
const Rule = z.strictObject({
  /** Kinds, case-insensitive, e.g. `['Component', 'API']`. */
  allow: z.array(z.string().min(1)).min(1),
  /** Globs of repository ids the rule is for, e.g. `['acme/org-*']`; every repository when left out. */
  repositories: z.array(z.string().min(1)).min(1).optional(),
});

/** Options below `plugins.catalog`. */
export const CatalogOptions = z.strictObject({
  /**
   * Kinds each repository may register; an entity needs one rule that allows it. Left out, every repository may
   * register every kind: unlike a Backstage server, a portal reads only what the platform team lists in `sources`.
   * Backstage's own default is `[{ allow: ['Component', 'API', 'Location'] }]`.
   */
  rules: z.array(Rule).optional(),
});
export type CatalogOptions = z.infer<typeof CatalogOptions>;

const Link = z.looseObject({
  url: z.string(),
  title: z.string().optional(),
  icon: z.string().optional(),
  type: z.string().optional(),
});

/** An entity as committed, placeholders and defaults filled in; relations are made by the model. */
export const StoredEntity = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    tags: z.array(z.string()).optional(),
    links: z.array(Link).optional(),
  }),
  spec: z.record(z.string(), z.unknown()).optional(),
});
export type StoredEntity = z.infer<typeof StoredEntity>;

/** Where an entity was read. Lines and columns count from 1. */
export const Origin = z.object({
  source: z.string(),
  repository: z.string(),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  /** Web addresses of the file, where the repository has one. */
  viewUrl: z.string().optional(),
  editUrl: z.string().optional(),
});
export type Origin = z.infer<typeof Origin>;

/** One entity with its origin, its text as committed, and the owner CODEOWNERS gives when it names none. */
export const CollectedEntity = z.object({
  /** Canonical lower-case `kind:namespace/name`. */
  ref: z.string(),
  entity: StoredEntity,
  origin: Origin,
  raw: z.string(),
  codeOwner: z.string().optional(),
});
export type CollectedEntity = z.infer<typeof CollectedEntity>;

/** A repository the entities came from, for pages that link to it. */
export const CollectedRepository = z.object({
  source: z.string(),
  id: z.string(),
  url: z.string().optional(),
  branch: z.string().optional(),
  commit: z.string().optional(),
  description: z.string().optional(),
});
export type CollectedRepository = z.infer<typeof CollectedRepository>;

export const CatalogSnapshot = z.object({
  entities: z.array(CollectedEntity),
  repositories: z.array(CollectedRepository),
});
export type CatalogSnapshot = z.infer<typeof CatalogSnapshot>;

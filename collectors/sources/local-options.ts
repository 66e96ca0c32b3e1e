import * as z from 'zod';

/** Root files `catalog-info.yaml` or `catalog-info.yml`, as Backstage's discovery looks for. */
export const defaultCatalogFiles = ['catalog-info.{yaml,yml}'];

/** `{ type: 'local', … }`: folders on this machine, each holding one repository. */
export const LocalOptions = z.strictObject({
  type: z.literal('local'),
  /** Name of the source in snapshots and messages; default `local:<root>`. */
  id: z.string().min(1).optional(),
  /** Folder that holds the repositories, relative to the configuration. Example: `./content/demo`. */
  root: z.string().min(1),
  /** Which of its folders are repositories: a glob, or several. `.` is the root itself. Default `*`. */
  repositories: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).default('*'),
  /** Globs of the catalog files in each repository. Default: `catalog-info.yaml` or `.yml` at its root. */
  catalogFiles: z.array(z.string().min(1)).min(1).default(defaultCatalogFiles),
  /** Owner of the repositories that have no git remote. Default `local`. */
  owner: z
    .string()
    .regex(/^[\w.-]+$/, 'expected a name of letters, digits, `-`, `_` and `.`')
    .default('local'),
  /** Web address of the repositories that have no git remote; `{name}` stands for the folder. Example: `https://github.com/acme/{name}`. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** Branch that links to files point at when git says none. Default `main`. */
  branch: z.string().min(1).default('main'),
});
export type LocalOptions = z.infer<typeof LocalOptions>;

import * as z from 'zod';

/** Options below `plugins.templates`. */
export const TemplatesOptions = z.strictObject({
  /**
   * Where "Create with GitHub" runs. Without it, pages offer the preview, the ZIP and the command line.
   */
  github: z
    .strictObject({
      /** Repository that holds `.github/workflows/create.yml`, as `owner/name`. Example: `acme/portal`. */
      repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'expected owner/name'),
      /** Web address of GitHub; another one for GitHub Enterprise. */
      url: z.url({ protocol: /^https?$/ }).default('https://github.com'),
      /** `issue` opens a prefilled issue form; `dispatch` opens the workflow's own page, with the values to paste. */
      method: z.enum(['issue', 'dispatch']).default('issue'),
      /** File name of the issue form below `.github/ISSUE_TEMPLATE/`. */
      issueForm: z.string().default('create.yml'),
      /** File name of the workflow below `.github/workflows/`. */
      workflow: z.string().default('create.yml'),
    })
    .optional(),
  /**
   * GitHub teams whose members may create, as `organisation/team`. Empty: everyone who may write to the repository
   * above. Example: `['acme/engineers']`.
   */
  allowedTeams: z
    .array(z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'expected organisation/team'))
    .default([]),
  /**
   * What `catalog:register` adds a new repository to when no source of the portal would find it by itself: a Location,
   * by a pull request. Sources find what their accounts hold, so most portals need none.
   */
  register: z
    .strictObject({
      /** Repository of the file, as `owner/name`; `github.repository` when left out. */
      repository: z
        .string()
        .regex(/^[\w.-]+\/[\w.-]+$/, 'expected owner/name')
        .optional(),
      /** Catalog file the portal reads, whose first Location with targets gets one more. */
      file: z
        .string()
        .regex(/^[\w-][\w./-]*\.ya?ml$/, 'expected a path such as catalog-info.yaml')
        .default('catalog-info.yaml'),
    })
    .prefault({}),
  /** Largest skeleton that is bundled for the preview, in bytes of all its files. Source: what a browser loads at once. */
  maxBundleBytes: z.number().int().positive().default(5_000_000),
  /** Most files of a bundled skeleton. */
  maxBundleFiles: z.number().int().positive().default(500),
});
export type TemplatesOptions = z.infer<typeof TemplatesOptions>;

/** A template as collected; its skeletons lie in a bundle of their own. */
export const CollectedTemplate = z.object({
  /** Canonical ref: `template:<namespace>/<name>`. */
  ref: z.string(),
  source: z.string(),
  /** File of the bundle below the plugin's folder. */
  bundle: z.string(),
  files: z.number(),
  bytes: z.number(),
  /** Skeletons that are not in the bundle, with the reason: addresses elsewhere, or too large. */
  missing: z.array(z.object({ address: z.string(), reason: z.string() })),
});
export type CollectedTemplate = z.infer<typeof CollectedTemplate>;

export const TemplatesSnapshot = z.object({ templates: z.array(CollectedTemplate) });
export type TemplatesSnapshot = z.infer<typeof TemplatesSnapshot>;

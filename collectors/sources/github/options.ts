import * as z from 'zod';

const RegularExpression = z.string().refine((text) => isRegularExpression(text), {
  error: 'expected a regular expression',
});

/** `{ type: 'github', … }`: the repositories of an organisation, a user, or everyone who installed an App. */
export const GithubOptions = z
  .strictObject({
    type: z.literal('github'),
    /** Name of the source in snapshots and messages; default `github:<organization>`. */
    id: z.string().min(1).optional(),
    /** Host of a GitHub Enterprise Server, e.g. `github.acme.example`; plain `http://` only on this machine. Default `github.com`. */
    host: z
      .string()
      .regex(
        /^((https:\/\/)?[a-z0-9.-]+(:\d+)?|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)$/i,
        'expected a host name such as github.acme.example',
      )
      .default('github.com'),
    /** Login of the organisation to crawl. */
    organization: z.string().min(1).optional(),
    /** Login of the user whose repositories to crawl. */
    user: z.string().min(1).optional(),
    /** Crawl every account that installed the App the environment names. */
    app: z.literal(true).optional(),
    /** First part of the environment variables that hold the credentials: `<credentials>_APP_ID` and `_APP_PRIVATE_KEY`, or `_TOKEN`. */
    credentials: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, 'expected the first part of a variable name, e.g. ACME_GITHUB')
      .default('CALLBOARD_GITHUB'),
    /** Which repositories count. */
    filters: z
      .strictObject({
        /** Regular expression the whole name must match, as in Backstage. Example: `service-.*`. */
        repository: RegularExpression.optional(),
        /** Topics of which one must be, and of which none may be there; `exclude` wins. */
        topics: z
          .strictObject({
            include: z.array(z.string()).default([]),
            exclude: z.array(z.string()).default([]),
          })
          .prefault({}),
        /** Visibilities that count; all when empty. */
        visibility: z.array(z.enum(['private', 'internal', 'public'])).default([]),
        /** Whether archived repositories count. Default false, as in Backstage. */
        archived: z.boolean().default(false),
        /** Whether forks count. Default true, as in Backstage. */
        forks: z.boolean().default(true),
        /** Branch to read instead of the default branch; repositories without it are left out. */
        branch: z
          .string()
          .regex(/^[\w./-]+$/)
          .optional(),
      })
      .prefault({}),
    /** Paths or globs of the catalog files. Paths cost nothing extra; a glob below the root costs one request per changed repository. */
    catalogPaths: z
      .array(z.string().min(1))
      .min(1)
      .default(['catalog-info.yaml', 'catalog-info.yml']),
    /** Whether the docs of repositories whose entities have them are fetched. Default true. */
    docs: z.boolean().default(true),
    /** Whether the organisation's people and teams become User and Group entities. Default false. */
    githubOrg: z.boolean().default(false),
    /** Size in MB above which a repository's docs come by a sparse git clone instead of an archive of everything. Default 100. */
    largeRepository: z.number().positive().default(100),
    /** Seconds to wait at most for a rate limit to be reset; further away, the crawl stops and keeps what it has. Default 300. */
    waitForReset: z.number().nonnegative().default(300),
  })
  .refine(
    ({ organization, user, app }) =>
      [organization, user, app].filter((each) => each !== undefined).length === 1,
    { error: 'expected exactly one of `organization`, `user` and `app`' },
  );
export type GithubOptions = z.infer<typeof GithubOptions>;

/** The id that snapshots and messages name the source by. */
export function githubSourceId({ id, host, organization, user }: GithubOptions): string {
  const place = host === 'github.com' ? '' : `${hostName(host)}/`;
  return id ?? `github:${place}${organization ?? user ?? 'app'}`;
}

/** `github.acme.example` of `https://github.acme.example`. */
export function hostName(host: string): string {
  return host.replace(/^https?:\/\//i, '').toLowerCase();
}

function isRegularExpression(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

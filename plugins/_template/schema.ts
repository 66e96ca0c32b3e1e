import * as z from 'zod';

/** Options below `plugins.changelogs`. */
export const ChangelogsOptions = z.strictObject({
  /** File to look for at the root of each repository. */
  file: z.string().min(1).default('CHANGELOG.md'),
});
export type ChangelogsOptions = z.infer<typeof ChangelogsOptions>;

/** The newest entry of one repository's changelog. */
export const Release = z.object({
  source: z.string(),
  repository: z.string(),
  title: z.string(),
  line: z.number(),
});
export type Release = z.infer<typeof Release>;

export const ChangelogsSnapshot = z.object({ releases: z.array(Release) });
export type ChangelogsSnapshot = z.infer<typeof ChangelogsSnapshot>;

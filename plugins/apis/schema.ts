import * as z from 'zod';

/** Options below `plugins.apis`; there are none yet. */
export const ApisOptions = z.strictObject({});
export type ApisOptions = z.infer<typeof ApisOptions>;

/** What was judged; the definitions themselves are in the catalog's snapshot. */
export const ApisSnapshot = z.object({
  /** Refs of the APIs whose definitions were looked at. */
  judged: z.array(z.string()),
});
export type ApisSnapshot = z.infer<typeof ApisSnapshot>;

import * as z from 'zod';

/** Something that happened between two runs of collect, as the feeds tell it. */
export const Change = z.object({
  /** Hash of what it says: the same change has the same one wherever it is shown. */
  id: z.string(),
  /** ISO 8601: the data that first showed it is as of then. */
  at: z.string(),
  plugin: z.string(),
  what: z.enum(['added', 'removed', 'changed', 'problem']),
  /** The whole news in one line. */
  title: z.string(),
  summary: z.string().optional(),
  /** Address below the base; absent for what is gone. */
  path: z.string().optional(),
  /** Canonical refs of the entities it concerns. */
  about: z.array(z.string()),
});
export type Change = z.infer<typeof Change>;

const WatchedThing = z.object({
  id: z.string(),
  label: z.string(),
  title: z.string(),
  path: z.string(),
  about: z.array(z.string()),
  fields: z.record(z.string(), z.string()).optional(),
  within: z.string().optional(),
});

/** What a plugin had when it was last compared. */
export const KnownState = z.object({
  things: z.array(WatchedThing),
  /** Identities of its problems. */
  problems: z.array(z.string()),
});
export type KnownState = z.infer<typeof KnownState>;

/** `content/snapshot/changes.json`. */
export const ChangesFile = z.object({
  schema: z.literal('changes@1'),
  /** Newest run first. */
  changes: z.array(Change),
  known: z.record(z.string(), KnownState),
});
export type ChangesFile = z.infer<typeof ChangesFile>;

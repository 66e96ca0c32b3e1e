/** Something whose coming, going and changing is news: an entity, a page. Made from a plugin's snapshot at collect. */
export interface Watched {
  /** Unique within the plugin, the same in every run. */
  id: string;
  /** What it is as people say it, in lower case: `component`, `documentation`. */
  label: string;
  title: string;
  /** Address below the base while it exists. */
  path: string;
  /** Canonical refs of the entities this is news for: itself, its owner, its system. */
  about: string[];
  /** What is news when it changes, by the name people know it by, e.g. `{ owner: 'payments' }`. */
  fields?: Record<string, string>;
  /** `id` of the thing it is part of: when that comes or goes as a whole, its parts are no news of their own. */
  within?: string;
}

/** Something people follow: it gets a feed of its own at `/feeds/<id>.xml`. */
export interface FeedTopic {
  /** Lower-case path, e.g. `group/default/payments`. */
  id: string;
  title: string;
  /** Address of its page below the base. */
  path: string;
  /** Canonical refs whose news belong to it. */
  follows: ReadonlySet<string>;
}

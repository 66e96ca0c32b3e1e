/** Limits on what contributors commit: far above what people write by hand, far below what hurts a collect. */
export const limits = {
  /** Bytes of one catalog file. */
  fileBytes: 10 * 1024 * 1024,
  /** Documents in one catalog file. */
  documents: 25_000,
  /** Values one document's aliases may multiply into, as a factor of what is written: `maxAliasCount` of `yaml`. */
  aliases: 100,
  /** Characters and values of one document once its aliases are filled in. */
  documentSize: 20 * 1024 * 1024,
  /** Levels of maps and lists inside one another. */
  depth: 100,
  /** Bytes of one file that a placeholder or an API definition names. */
  placeholderBytes: 5 * 1024 * 1024,
  /** Placeholders inside what placeholders bring in. */
  placeholderDepth: 5,
  /** Files one Location may name, its globs expanded. */
  locationTargets: 2_000,
} as const;

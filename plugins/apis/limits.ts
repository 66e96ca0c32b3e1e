/** Limits on what one API definition may ask of a build: far above what people write, counted so that every machine stops at the same place. */
export const limits = {
  /** Characters of a definition; longer ones are offered for download only. */
  characters: 5 * 1024 * 1024,
  /** Values one document's aliases may multiply into, as the catalog has it. */
  aliases: 100,
  /** Maps, lists and values of a definition once its aliases are filled in. */
  values: 1_500_000,
  /** Levels of maps and lists inside one another. */
  depth: 200,
  /** Levels of fields shown inside one another; named schemas are linked instead. */
  fieldDepth: 6,
  /** Rows of fields on one API's page. */
  fields: 5_000,
  /** Operations shown with all they take and give. */
  operations: 1_000,
  /** Steps from one `$ref` to the next. */
  hops: 30,
  /** Characters of one example or description. */
  text: 4_000,
  /** Tokens of a GraphQL or protobuf definition. */
  tokens: 300_000,
  /** Problems of one kind reported for one definition. */
  problems: 20,
  /** Operations of one API that search knows. */
  searched: 2_000,
  /** Characters of field names and descriptions search reads of one operation. */
  searchText: 2_000,
} as const;

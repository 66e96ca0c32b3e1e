const megabyte = 1024 * 1024;

/** How much of one repository is taken at most: what others commit must not fill a disk or a memory. */
export const limits = {
  /** A single file; larger ones are known by name and size only. */
  fileBytes: 10 * megabyte,
  /** All files kept of one repository. */
  keptBytes: 200 * megabyte,
  keptFiles: 20_000,
  /** An archive, unpacked. */
  archiveBytes: 4096 * megabyte,
  archiveEntries: 500_000,
  /** Objects asked for in one query. */
  objects: 50,
  /** A file parsed for what else it needs. */
  parsedBytes: 256 * 1024,
  /** Locations leading to Locations. */
  depth: 6,
};

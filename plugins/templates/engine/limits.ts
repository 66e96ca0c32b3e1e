/** Bounds of one run. Skeletons are other people's code: everything they can make large has an end. */
export interface Limits {
  /** Files in the workspace. */
  files: number;
  /** Bytes of all files together. */
  bytes: number;
  /** Bytes of one file. */
  fileBytes: number;
  /** Characters of one path. */
  pathLength: number;
  /** Folders above a file. */
  pathDepth: number;
  steps: number;
  /** Rounds of one `each`. */
  iterations: number;
  /** Milliseconds of one step's rendering. A single regular expression can outlast it: callers run the engine in a worker and end that. */
  renderMilliseconds: number;
  /** Work units of one file's rendering, as nunjitsu counts them. */
  workUnits: number;
  /** Characters of one rendered file. */
  outputCharacters: number;
  /** Characters of the log kept. */
  logCharacters: number;
}

export const defaultLimits: Limits = {
  files: 5_000,
  bytes: 64 * 1024 * 1024,
  fileBytes: 8 * 1024 * 1024,
  pathLength: 400,
  pathDepth: 32,
  steps: 100,
  iterations: 1_000,
  renderMilliseconds: 20_000,
  workUnits: 1_000_000,
  outputCharacters: 4 * 1024 * 1024,
  logCharacters: 200_000,
};

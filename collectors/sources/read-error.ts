/** Why a file of a repository was not read. */
export type ReadErrorReason = 'outside' | 'too-large' | 'unreadable';

/** Thrown by `Repository.read`; its message is a sentence for the person who committed the file. */
export class ReadError extends Error {
  readonly reason: ReadErrorReason;
  readonly path: string;

  constructor(reason: ReadErrorReason, path: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ReadError';
    this.reason = reason;
    this.path = path;
  }
}

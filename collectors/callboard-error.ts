/** Exit codes of the command line; they do not change. */
export const exitCode = {
  done: 0,
  /** Problems were found and `--strict` was given, or `check` found errors. */
  problems: 1,
  /** Bad configuration or usage. */
  usage: 2,
  /** Nothing usable could be collected, or no snapshot to build from. */
  nothing: 3,
  /** A bug of ours. */
  bug: 70,
} as const;

/** A failure we know: printed as two lines, what happened and what to do, without a stack. */
export class CallboardError extends Error {
  readonly code: number;
  readonly hint: string | undefined;

  constructor(code: number, message: string, hint?: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'CallboardError';
    this.code = code;
    this.hint = hint;
  }
}

/** A failure at GitHub, its message free of secrets. */
export class GithubError extends Error {
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** Trying again may help. */
  readonly isTransient: boolean;

  constructor(status: number, message: string, isTransient: boolean) {
    super(message);
    this.name = 'GithubError';
    this.status = status;
    this.isTransient = isTransient;
  }
}

/** The limit is reached and its reset too far away to wait for: the crawl stops and keeps what it has. */
export class RateLimited extends GithubError {
  readonly seconds: number;

  constructor(seconds: number) {
    const minutes = Math.max(1, Math.round(seconds / 60));
    super(403, `GitHub's rate limit is reached; it is reset in ${minutes} min`, false);
    this.name = 'RateLimited';
    this.seconds = seconds;
  }
}

/** The same answer will come for everything: the crawl of this account cannot go on. */
export function isFatal(error: unknown): boolean {
  if (error instanceof RateLimited) return true;
  return error instanceof GithubError && (error.status === 401 || error.status === 0);
}

import Bottleneck from 'bottleneck';
import type { Octokit } from 'octokit';

import type { Addresses } from './addresses.ts';
import { GithubError, RateLimited } from './errors.ts';
import type { Redactor } from './redact.ts';
import type { CrawlStats } from './stats.ts';

export interface GraphqlError {
  type?: string;
  message: string;
  path?: (string | number)[];
}

export interface GraphqlAnswer<T> {
  data: T | null;
  errors: GraphqlError[];
}

export interface RateLimitAnswer {
  rateLimit?: { limit: number; remaining: number; resetAt: string } | null;
}

/** What of a client differs between production and tests. */
export interface Pace {
  /** Milliseconds before the first repetition; they double. */
  retryDelay: number;
  /** Milliseconds after which an API request is given up. */
  timeout: number;
  /** Seconds to wait at most for a limit to be reset. */
  waitForReset: number;
}

/** All requests to one account of one GitHub host: counted, repeated when that may help, and cleaned of secrets. */
export class GithubClient {
  readonly addresses: Addresses;
  readonly stats: CrawlStats;
  private readonly octokit: Octokit;
  private readonly redactor: Redactor;
  private readonly pace: Pace;
  private readonly signal: AbortSignal;
  private limitedUntil = 0;
  /** Gets a new token where the old one ended before its time; false where there is only the one. */
  private readonly renew: () => Promise<boolean>;
  /** The token git signs in with. */
  readonly gitToken: () => Promise<string>;

  constructor(parts: {
    octokit: Octokit;
    addresses: Addresses;
    redactor: Redactor;
    stats: CrawlStats;
    pace: Pace;
    signal: AbortSignal;
    renew: () => Promise<boolean>;
    gitToken: () => Promise<string>;
  }) {
    this.octokit = parts.octokit;
    this.addresses = parts.addresses;
    this.redactor = parts.redactor;
    this.stats = parts.stats;
    this.pace = parts.pace;
    this.signal = parts.signal;
    this.renew = parts.renew;
    this.gitToken = parts.gitToken;
  }

  /** Runs a query once, or more often when that may help; errors beside data are handed over, not thrown. */
  async graphql<T extends object>(
    query: string,
    variables: Record<string, unknown>,
    attempts = 3,
  ): Promise<GraphqlAnswer<T>> {
    return this.repeat(attempts, async () => {
      this.stats.graphql++;
      const answer = await this.runQuery<T & RateLimitAnswer>(query, variables);
      const limit = answer.data?.rateLimit;
      if (limit) this.stats.note('graphql', limit.limit, limit.remaining, limit.resetAt);
      const limited = answer.errors.find((error) => error.type === 'RATE_LIMITED');
      if (!limited) return answer;
      const seconds = this.stats.secondsToReset('graphql');
      if (seconds > this.pace.waitForReset) throw new RateLimited(seconds);
      await this.sleep(seconds * 1000 + 1000);
      throw new GithubError(403, this.redactor.text(limited.message), true);
    });
  }

  /** `GET`s a REST route; `parameters` fill its `{names}`. */
  async rest<T>(
    route: string,
    parameters: Record<string, unknown> = {},
  ): Promise<{ data: T; next: string | undefined }> {
    return this.repeat(3, async () => {
      this.stats.rest++;
      const { data, headers } = await this.octokit.request(`GET ${route}`, {
        ...parameters,
        request: { signal: this.limitedSignal() },
      });
      this.noteHeaders(headers);
      if (typeof data === 'string' && /json/.test(headers['content-type'] ?? ''))
        throw new GithubError(200, 'GitHub answered with JSON that is not whole', true);
      const next = /<([^>]+)>; rel="next"/.exec(String(headers.link ?? ''))?.[1];
      return { data: data as T, next };
    });
  }

  /** Streams the archive of a commit into `read`; repeated as a whole when it breaks. */
  async archive<T>(
    owner: string,
    repo: string,
    ref: string,
    read: (stream: ReadableStream<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    return this.repeat(3, async () => {
      this.stats.rest++;
      this.stats.downloads++;
      const { data, headers } = await this.octokit.request(
        'GET /repos/{owner}/{repo}/tarball/{ref}',
        {
          owner,
          repo,
          ref,
          request: { parseSuccessResponseBody: false, signal: this.limitedSignal(600_000) },
        },
      );
      this.noteHeaders(headers);
      return read(data as unknown as ReadableStream<Uint8Array>);
    });
  }

  /** A message without secrets. */
  clean(error: unknown): string {
    return this.redactor.text(error instanceof Error ? error.message : String(error));
  }

  private async runQuery<T extends object>(
    query: string,
    variables: Record<string, unknown>,
  ): Promise<GraphqlAnswer<T>> {
    try {
      const data = await this.octokit.graphql<T>(query, {
        ...variables,
        request: { signal: this.limitedSignal() },
      });
      if (typeof data !== 'object' || data === null)
        throw new GithubError(200, 'GitHub answered with JSON that is not whole', true);
      return { data, errors: [] };
    } catch (error) {
      if ((error as Error).name !== 'GraphqlResponseError') throw error;
      const { headers, data, errors } = error as unknown as {
        headers: Record<string, string>;
        data?: T | null;
        errors?: GraphqlError[];
      };
      this.noteHeaders(headers, 'graphql');
      return { data: data ?? null, errors: errors ?? [] };
    }
  }

  private async repeat<T>(attempts: number, run: () => Promise<T>): Promise<T> {
    // GitHub bans those who go on asking after they were told to stop.
    if (this.limitedUntil > Date.now())
      throw new RateLimited((this.limitedUntil - Date.now()) / 1000);
    let isRenewed = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await run();
      } catch (cause) {
        this.signal.throwIfAborted();
        const error = this.understand(cause);
        if (error instanceof RateLimited) this.limitedUntil = Date.now() + error.seconds * 1000;
        if (error.status === 401 && !isRenewed && (await this.renew().catch(() => false))) {
          isRenewed = true;
          continue;
        }
        if (!error.isTransient || attempt >= attempts) throw error;
        this.stats.repeated++;
        await this.sleep(this.pace.retryDelay * 2 ** (attempt - 1));
      }
    }
  }

  /** What went wrong, as one of our errors. */
  private understand(error: unknown): GithubError {
    if (error instanceof GithubError) return error;
    const { status, response } = error as {
      status?: number;
      response?: { headers?: Record<string, string | number | undefined> };
    };
    const message = this.clean(error);
    if (response?.headers) this.noteHeaders(response.headers);
    if (/secondary rate limit/i.test(message))
      return new RateLimited(Number(response?.headers?.['retry-after'] ?? 60));
    const isRefused = status === 403 || status === 429;
    if (isRefused && String(response?.headers?.['x-ratelimit-remaining']) === '0')
      return new RateLimited(this.stats.secondsToReset('core'));
    // Octokit reports a connection that broke as a 500 without an answer.
    if (!response || status === undefined)
      return new GithubError(0, `GitHub did not answer: ${message}`, true);
    return new GithubError(status, message, status >= 500);
  }

  private noteHeaders(
    headers: Record<string, string | number | undefined>,
    fallback: 'core' | 'graphql' = 'core',
  ): void {
    const limit = headers['x-ratelimit-limit'];
    if (limit === undefined) return;
    const resource = headers['x-ratelimit-resource'] === 'graphql' ? 'graphql' : fallback;
    const reset = new Date(Number(headers['x-ratelimit-reset']) * 1000).toISOString();
    this.stats.note(resource, Number(limit), Number(headers['x-ratelimit-remaining']), reset);
  }

  private limitedSignal(timeout = this.pace.timeout): AbortSignal {
    return AbortSignal.any([this.signal, AbortSignal.timeout(timeout)]);
  }

  private async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, milliseconds);
      const { signal } = this;
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done);
    });
    this.signal.throwIfAborted();
  }
}

/**
 * Octokit's settings for a crawl. Its throttling waits at secondary limits and near resets; repeating is ours, because
 * Octokit's does not see answers that broke off or are not JSON. Queries read, so they need not be a second apart as
 * Octokit keeps what it takes for writes.
 */
export function crawlSettings({ waitForReset, retryDelay }: Pace): object {
  return {
    retry: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    throttle: {
      write: new Bottleneck.Group({ maxConcurrent: 2, minTime: 0 }),
      retryAfterBaseValue: Math.min(1000, retryDelay),
      onRateLimit: (seconds: number, _: unknown, __: unknown, count: number) =>
        seconds <= waitForReset && count < 2,
      onSecondaryRateLimit: (seconds: number, _: unknown, __: unknown, count: number) =>
        seconds <= waitForReset && count < 4,
    },
  };
}

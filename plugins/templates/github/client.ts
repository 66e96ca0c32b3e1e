import { Octokit } from 'octokit';

import { TemplateError } from '../engine/index.ts';

export interface GitHubSettings {
  token: string;
  /** Address of the REST API. */
  apiUrl: string;
  /** Keeps a second between writes, as GitHub asks; true by default. */
  spacesWrites?: boolean;
}

const longestWaitSeconds = 60;

/** A client that waits out short rate limits and gives up on long ones, saying so. */
export function githubClient({ token, apiUrl, spacesWrites = true }: GitHubSettings): Octokit {
  function onLimit(
    retryAfter: number,
    _options: unknown,
    _octokit: unknown,
    retries: number,
  ): boolean {
    return retryAfter <= longestWaitSeconds && retries < 2;
  }
  return new Octokit({
    auth: token,
    baseUrl: apiUrl,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    throttle: { enabled: spacesWrites, onRateLimit: onLimit, onSecondaryRateLimit: onLimit },
    retry: { doNotRetry: [400, 401, 403, 404, 409, 410, 422, 451] },
  });
}

/** Runs a request and turns what GitHub refuses into what to do about it. `doing` reads "create acme/checkout". */
export async function asking<T>(doing: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw new TemplateError(`Cannot ${doing}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The same, but undefined where GitHub knows no such thing. */
export async function askingForMaybe<T>(
  doing: string,
  request: () => Promise<T>,
): Promise<T | undefined> {
  return asking(doing, async () => {
    try {
      return await request();
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  });
}

export function statusOf(error: unknown): number | undefined {
  return (error as { status?: number } | null)?.status;
}

function reasonOf(error: unknown): string {
  const status = statusOf(error);
  const response = (error as { response?: GitHubResponse }).response;
  const said = saidBy(response) ?? (error as Error).message;
  if (isLimited(status, response)) {
    return `GitHub's rate limit is used up (${said}). Run it again after ${resetOf(response)}; what was done is kept`;
  }
  switch (status) {
    case 401:
      return `GitHub does not accept the token (${said}). Give a valid one in GITHUB_TOKEN`;
    case 403:
      return `the token lacks a permission (${said}).${scopesOf(response)}`;
    case 404:
      return `GitHub shows no such thing to this token (${said}). Check the name and what the token may see`;
    default:
      return status === undefined
        ? `GitHub cannot be reached (${said})`
        : `GitHub answered ${status}: ${said}`;
  }
}

interface GitHubResponse {
  headers?: Record<string, string | number | undefined>;
  data?: { message?: string; errors?: ({ message?: string } | string)[] };
}

function saidBy(response: GitHubResponse | undefined): string | undefined {
  const details = (response?.data?.errors ?? []).map((each) =>
    typeof each === 'string' ? each : each.message,
  );
  const parts = [response?.data?.message, ...details].filter(
    (part) => part !== undefined && part !== '',
  );
  return parts.length > 0 ? parts.join('; ') : undefined;
}

function isLimited(status: number | undefined, response: GitHubResponse | undefined): boolean {
  if (status === 429) return true;
  const isSecondary = /rate limit/i.test(response?.data?.message ?? '');
  return (
    status === 403 && (isSecondary || String(response?.headers?.['x-ratelimit-remaining']) === '0')
  );
}

function resetOf(response: GitHubResponse | undefined): string {
  const reset = Number(response?.headers?.['x-ratelimit-reset']);
  return Number.isFinite(reset) && reset > 0 ? new Date(reset * 1_000).toISOString() : 'a while';
}

function scopesOf(response: GitHubResponse | undefined): string {
  const accepted =
    response?.headers?.['x-accepted-oauth-scopes'] ??
    response?.headers?.['x-accepted-github-permissions'];
  return accepted ? ` It needs one of: ${accepted}` : ' Give it the right to do this';
}

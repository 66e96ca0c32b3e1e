import { at, listAt, textAt } from '../health/objects.ts';
import { metadataOnly } from './client.ts';
import type { ApiClient } from './client.ts';
import { RequestError } from './errors.ts';
import type { Gate } from './gate.ts';

/** Starts over this often when the server has forgotten the list being read. */
const restarts = 3;

export interface ListRequest {
  client: ApiClient;
  /** Path of the collection, e.g. `/apis/apps/v1/deployments`. */
  path: string;
  page: number;
  /** Parameters besides paging, e.g. a field selector. */
  query?: Record<string, string>;
  isMetadataOnly?: boolean;
  isFirstPageOnly?: boolean;
  gate: Gate;
}

/**
 * Reads a collection page by page and keeps what `keep` makes of each object, so that one page at most is in memory
 * whole. After 410 it goes on with the token the server gives, or starts over.
 */
export async function list<T>(
  request: ListRequest,
  keep: (object: unknown) => T | undefined | Promise<T | undefined>,
): Promise<T[]> {
  let kept: T[] = [];
  let token: string | undefined;
  let started = 0;
  for (;;) {
    const answer = await request
      .gate(() => page(request, token))
      .catch((error: unknown) => error as RequestError);
    if (answer instanceof Error) {
      if (!(answer instanceof RequestError) || answer.status !== 410 || ++started > restarts)
        throw answer;
      // With a token the rest of the list comes from a newer state; without one nothing read so far fits the rest.
      if (answer.nextToken === undefined) kept = [];
      token = answer.nextToken;
      continue;
    }
    for (const item of listAt(answer, 'items')) {
      const result = await keep(item);
      if (result !== undefined) kept.push(result);
    }
    token = textAt(answer, 'metadata', 'continue') || undefined;
    if (token === undefined || request.isFirstPageOnly) return kept;
  }
}

async function page(request: ListRequest, token: string | undefined): Promise<unknown> {
  const query = new URLSearchParams({ limit: String(request.page), ...request.query });
  if (token !== undefined) query.set('continue', token);
  const { body } = await request.client.get(
    `${request.path}?${query.toString()}`,
    request.isMetadataOnly ? metadataOnly : undefined,
  );
  if (!Array.isArray(at(body, 'items')) && at(body, 'kind') === undefined)
    throw new RequestError(
      'NotAList',
      'the answer is not a list',
      'Something else than an API server answers there.',
    );
  return body;
}

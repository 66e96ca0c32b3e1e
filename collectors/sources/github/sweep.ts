import type { GithubClient, GraphqlError } from './client.ts';
import { GithubError } from './errors.ts';
import { stepQuery, type RepositoryAnswer, type SweepAnswer } from './queries.ts';

/** What a page of the sweep brought. */
export interface SweepPage {
  repositories: RepositoryAnswer[];
  /** Repositories GitHub answered with an error, by node id where it gave one. */
  failed: { nodeId: string | undefined; reason: string }[];
  total: number;
}

const largestPage = 25;

/**
 * All repositories of an account, page by page. GitHub gives up after ten seconds, or when a query takes too much, so a
 * page that fails is asked for by halves, down to one repository, and pages grow back when that goes well.
 */
export async function* sweep(
  client: GithubClient,
  login: string,
  query: string,
): AsyncGenerator<SweepPage> {
  let after: string | null = null;
  let first = largestPage;
  for (let hasNext = true; hasNext;) {
    let answer = await ask(client, query, { login, first, after });
    if (answer === 'too-much' && first > 1) {
      first = Math.ceil(first / 2);
      continue;
    }
    let failed: SweepPage['failed'] = [];
    if (answer === 'too-much') {
      answer = await ask(client, stepQuery, { login, first, after });
      if (answer === 'too-much')
        throw new GithubError(502, 'GitHub cannot answer for a single repository', true);
      failed = (answer.repositories.nodes ?? []).map((node) => ({
        nodeId: node?.id,
        reason: 'GitHub takes too long to answer',
      }));
      yield { repositories: [], failed, total: answer.repositories.totalCount };
    } else {
      const { nodes, totalCount } = answer.repositories;
      const repositories: RepositoryAnswer[] = [];
      for (const [index, node] of (nodes ?? []).entries()) {
        const reason = answer.reasons.get(index);
        if (node && reason === undefined) repositories.push(node);
        else failed.push({ nodeId: node?.id, reason: reason ?? 'GitHub gave no answer' });
      }
      yield { repositories, failed, total: totalCount };
    }
    const { pageInfo } = answer.repositories;
    after = pageInfo.endCursor;
    hasNext = pageInfo.hasNextPage;
    first = Math.min(largestPage, first * 2);
  }
}

interface Page {
  repositories: NonNullable<SweepAnswer['repositoryOwner']>['repositories'];
  /** Why a node is not as it should be, by its index. */
  reasons: Map<number, string>;
}

async function ask(
  client: GithubClient,
  query: string,
  variables: { login: string; first: number; after: string | null },
): Promise<Page | 'too-much'> {
  let data: SweepAnswer | null;
  let errors: GraphqlError[];
  try {
    // A page too large fails again: only the smallest is worth repeating.
    ({ data, errors } = await client.graphql<SweepAnswer>(
      query,
      variables,
      variables.first > 1 ? 1 : 3,
    ));
  } catch (error) {
    if (error instanceof GithubError && error.isTransient) {
      if (variables.first > 1) return 'too-much';
      if (query !== stepQuery && error.status >= 500) return 'too-much';
    }
    throw error;
  }
  if (errors.some(isTooMuch)) return 'too-much';
  const repositories = data?.repositoryOwner?.repositories;
  if (!repositories?.pageInfo) throw ownerMissing(variables.login, errors);
  const reasons = new Map<number, string>();
  for (const { path, message } of errors) {
    const index = path?.[path.indexOf('nodes') + 1];
    if (typeof index === 'number' && !isAboutChecks(path)) reasons.set(index, message);
  }
  return { repositories, reasons };
}

function isTooMuch({ type, message }: GraphqlError): boolean {
  return (
    type === 'RESOURCE_LIMITS_EXCEEDED' ||
    type === 'MAX_NODE_LIMIT_EXCEEDED' ||
    /something went wrong while executing your query|timed? ?out/i.test(message)
  );
}

/** Check suites need a right of their own; a crawl goes on without them. */
function isAboutChecks(path: GraphqlError['path']): boolean {
  return path?.includes('checkSuites') === true;
}

function ownerMissing(login: string, errors: readonly GraphqlError[]): GithubError {
  const said = errors.map((error) => error.message).join('; ');
  return new GithubError(
    404,
    said || `GitHub knows no organisation or user \`${login}\`, or the token may not see it`,
    false,
  );
}

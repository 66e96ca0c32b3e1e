/** What a query brings of one repository. */
export interface ActivityAnswer {
  id: string;
  url: string;
  issues: { totalCount: number };
  pullRequests: {
    totalCount: number;
    nodes: {
      number: number;
      title: string;
      url: string;
      createdAt: string;
      isDraft: boolean;
      reviewDecision: 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED' | null;
      author: { login: string } | null;
    }[];
  };
  releases: {
    nodes: {
      name: string | null;
      tagName: string;
      url: string;
      publishedAt: string | null;
      isDraft: boolean;
      isPrerelease: boolean;
    }[];
  };
  languages: { totalSize: number; edges: { size: number; node: { name: string } }[] } | null;
  defaultBranchRef: {
    target: {
      authors?: {
        nodes: { author: { name: string | null; user: { login: string } | null } | null }[];
      };
      recent?: { nodes: { checkSuites: { nodes: (CheckSuite | null)[] | null } | null }[] };
    } | null;
  } | null;
}

export interface CheckSuite {
  conclusion: string | null;
  workflowRun: {
    url: string;
    runNumber: number;
    event: string;
    createdAt: string;
    updatedAt: string;
    workflow: { name: string };
  } | null;
}

/** Repositories asked for in one query: 25 of them cost about five points. */
export const batchSize = 25;

export const activityQuery = `query Activity($ids: [ID!]!) {
  rateLimit { limit remaining resetAt }
  nodes(ids: $ids) { ... on Repository {
    id url
    issues(states: OPEN) { totalCount }
    pullRequests(states: OPEN, first: 20, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount nodes { number title url createdAt isDraft reviewDecision author { login } }
    }
    releases(first: 5, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { name tagName url publishedAt isDraft isPrerelease }
    }
    languages(first: 10, orderBy: { field: SIZE, direction: DESC }) { totalSize edges { size node { name } } }
    defaultBranchRef { target { ... on Commit {
      authors: history(first: 100) { nodes { author { name user { login } } } }
      recent: history(first: 8) { nodes { checkSuites(first: 20) { nodes {
        conclusion workflowRun { url runNumber event createdAt updatedAt workflow { name } }
      } } } }
    } } }
  } }
}`;

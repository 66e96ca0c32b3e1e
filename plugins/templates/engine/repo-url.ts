import { TemplateError } from './types.ts';

/** What the RepoUrlPicker's value `github.com?owner=acme&repo=checkout` says. */
export interface RepoSpec {
  host: string;
  repo: string;
  owner?: string;
  organization?: string;
  workspace?: string;
  project?: string;
}

const partNames = ['owner', 'organization', 'workspace', 'project', 'repo'] as const;

/** Parts of a repository address; which are needed depends on the host's product, guessed from its name. */
export function parseRepoUrl(value: string): RepoSpec {
  let parsed: URL;
  try {
    parsed = new URL(`https://${value}`);
  } catch {
    throw new TemplateError(
      `Unexpected repository "${value}", expected host?owner=…&repo=…, e.g. github.com?owner=acme&repo=checkout`,
    );
  }
  for (const name of requiredParts(parsed)) {
    if (!parsed.searchParams.get(name)) {
      throw new TemplateError(
        `Unexpected repository "${value}": ${name} is missing, expected host?owner=…&repo=…`,
      );
    }
  }
  const parts: Partial<RepoSpec> = {};
  for (const name of partNames) {
    const part = parsed.searchParams.get(name);
    if (part !== null) parts[name] = part.replaceAll(/^\/+|\/+$/g, '');
  }
  return { ...parts, host: parsed.host, repo: parts.repo ?? '' };
}

function requiredParts(url: URL): string[] {
  const host = url.host;
  if (host.includes('bitbucket.org')) return ['workspace', 'project', 'repo'];
  if (host.includes('bitbucket')) return ['project', 'repo'];
  if (host.includes('azure') || host.includes('visualstudio')) return ['project', 'repo'];
  if (host.includes('gitlab'))
    return url.searchParams.get('project') ? ['repo'] : ['owner', 'repo'];
  if (host.includes('gitea') || host.includes('gerrit')) return ['repo'];
  return ['repo', 'owner'];
}

import { parseRepoUrl } from './repo-url.ts';
import type { Json, JsonObject } from './types.ts';

/**
 * What a field extension of Backstage asks of its value beyond its JSON Schema; undefined when it fits. The form says it
 * while people type, and a run asks again: what came from an issue may be anything.
 */
export function fieldProblem(field: unknown, value: Json, options: JsonObject): string | undefined {
  switch (field) {
    case 'EntityNamePicker':
      return isName(value)
        ? undefined
        : 'must be at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends';
    case 'EntityTagsPicker':
      return Array.isArray(value) && value.every(isTag)
        ? undefined
        : 'must be tags of lower-case letters, digits, ":", "+" and "#", joined by "-", at most 63 each';
    case 'RepoUrlPicker':
      return typeof value === 'string' ? repositoryProblem(value, options) : undefined;
    default:
      return undefined;
  }
}

function isName(value: Json): boolean {
  return (
    typeof value === 'string' &&
    value.length <= 63 &&
    /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/.test(value)
  );
}

function isTag(value: Json): boolean {
  return (
    typeof value === 'string' && value.length <= 63 && /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(value)
  );
}

function repositoryProblem(value: string, options: JsonObject): string | undefined {
  let spec: ReturnType<typeof parseRepoUrl>;
  try {
    spec = parseRepoUrl(value);
  } catch (error) {
    return `must be whole: ${(error as Error).message}`;
  }
  const parts: [string | undefined, Json | undefined][] = [
    [spec.host, options['allowedHosts']],
    [spec.owner ?? spec.workspace, options['allowedOwners']],
    [spec.organization, options['allowedOrganizations']],
    [spec.project, options['allowedProjects']],
    [spec.repo, options['allowedRepos']],
  ];
  for (const [part, allowed] of parts) {
    if (part === undefined || !Array.isArray(allowed) || allowed.length === 0) continue;
    if (!allowed.some((each) => String(each).toLowerCase() === part.toLowerCase()))
      return `must not name ${part}, expected one of ${allowed.map(String).join(', ')}`;
  }
  return undefined;
}

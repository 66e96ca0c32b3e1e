import type { TemplateFilter, TemplateValue } from 'nunjitsu';

import { parseEntityRef } from './entity-ref.ts';
import { parseRepoUrl } from './repo-url.ts';
import type { Json } from './types.ts';

/** The filters Backstage adds to Nunjucks' own. */
export const filters: Readonly<Record<string, TemplateFilter>> = {
  parseRepoUrl: (url) => ({ ...parseRepoUrl(String(url)) }),
  projectSlug: (url) => {
    const { owner, repo } = parseRepoUrl(String(url));
    return `${owner}/${repo}`;
  },
  parseEntityRef: (ref, defaults) => ({
    ...parseEntityRef(ref as Json, (defaults ?? {}) as Parameters<typeof parseEntityRef>[1]),
  }),
  pick: (object, path) => pick(object, path),
};

/** lodash's `get`: a path of keys with dots and brackets. */
function pick(
  object: TemplateValue | undefined,
  path: TemplateValue | undefined,
): TemplateValue | undefined {
  const keys = Array.isArray(path) ? path.map(String) : (String(path).match(/[^.[\]'"]+/g) ?? []);
  let value: unknown = object;
  for (const key of keys) {
    if (value === null || value === undefined || !Object.hasOwn(Object(value), key))
      return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value as TemplateValue | undefined;
}

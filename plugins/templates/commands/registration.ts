import { loadConfig } from '../../../collectors/config.ts';
import { findConfig } from '../../../collectors/find-config.ts';
import type { Config } from '../../../collectors/config-schema.ts';
import type { Registration } from '../github/register.ts';
import type { DiscoveringSource } from '../github/discovery.ts';
import type { TemplatesOptions } from '../schema.ts';

/** How the portal of a folder comes to know of new repositories; undefined without a configuration. */
export async function registrationOf(directory: string): Promise<Registration | undefined> {
  if (!findConfig(directory)) return undefined;
  const { sources, options } = await loadConfig(directory);
  const { register, github } = (options['templates'] ?? {}) as Partial<TemplatesOptions>;
  const [owner, repo] = (register?.repository ?? github?.repository ?? '').split('/');
  return {
    sources: sources.flatMap(discoveringSource),
    file: owner && repo ? { owner, repo, path: register?.file ?? 'catalog-info.yaml' } : undefined,
  };
}

function discoveringSource(source: Config['sources'][number]): DiscoveringSource[] {
  if (source.type !== 'github') return [];
  const { filters, organization, user, host } = source;
  return [
    {
      id: source.id ?? `github:${organization ?? user ?? 'app'}`,
      host: host.replace(/^https?:\/\//i, '').toLowerCase(),
      account: organization ?? user,
      names: filters.repository,
      isPicky: filters.topics.include.length > 0 || filters.visibility.length > 0,
      catalogPaths: source.catalogPaths,
    },
  ];
}

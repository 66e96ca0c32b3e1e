import { safeUrl } from '../../ui/safe-url.ts';
import type { Finding } from './findings.ts';
import type { StoredEntity } from './schema.ts';

/** Links the portal will not show: the format takes any address that parses, `javascript:` among them. */
export function unsafeLinks(entity: StoredEntity): Finding[] {
  const links = entity.metadata.links ?? [];
  return links.flatMap(({ url }, index) => {
    if (safeUrl(url) !== undefined) return [];
    const scheme = URL.canParse(url) ? new URL(url).protocol : url;
    return [
      {
        message: `The link \`${scheme}\` is not shown, expected an address that starts with https:, http:, mailto:, tel:, slack:, msteams: or vscode:.`,
        hint: 'Link to a page instead.',
        path: ['metadata', 'links', index, 'url'],
        what: 'value' as const,
      },
    ];
  });
}

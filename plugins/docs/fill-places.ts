import { entityPlace, repositoryPlace } from './markdown/present/links.ts';
import type { DocsSite } from './schema.ts';

const entityHref = new RegExp(` href="${entityPlace}([^"/]+/[^"/#]+)/?([^"#]*)(#[^"]*)?"`, 'gu');

/**
 * Puts into a page what changes without it: the repository's address at the commit, the sizes of its pictures, and
 * where entities are. A link to what does not exist leads nowhere.
 */
export function fillPlaces(
  html: string,
  { viewBase, assets }: DocsSite,
  entityAddress: (ref: string, page: string) => string | undefined,
): string {
  const sizes = sizesOf(assets);
  return html
    .replace(entityHref, (_, ref: string, page: string, anchor: string | undefined) => {
      const address = entityAddress(ref, page);
      return address === undefined ? '' : ` href="${address}${anchor ?? ''}"`;
    })
    .replaceAll(
      ` href="${repositoryPlace}`,
      viewBase ? ` href="${viewBase}` : ' data-repository-path="',
    )
    .replace(/ data-asset="([^"]*)"/gu, (_, path: string) => {
      const size = sizes.get(path.replaceAll('&#x26;', '&'));
      return size?.width ? ` width="${size.width}" height="${size.height}"` : '';
    })
    .replace(/<img([^>]* width="[^"]*"[^>]*) width="\d+" height="\d+"/gu, '<img$1');
}

const known = new WeakMap<DocsSite['assets'], Map<string, DocsSite['assets'][number]>>();

function sizesOf(assets: DocsSite['assets']): Map<string, DocsSite['assets'][number]> {
  let sizes = known.get(assets);
  if (!sizes) {
    sizes = new Map(assets.map((asset) => [asset.path, asset]));
    known.set(assets, sizes);
  }
  return sizes;
}

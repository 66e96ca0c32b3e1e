import { repositoryPlace } from './markdown/present/links.ts';
import type { DocsSite } from './schema.ts';

/** Puts into a page what changes without it: the repository's address at the commit, and the sizes of its pictures. */
export function placeImages(html: string, { viewBase, assets }: DocsSite): string {
  const sizes = sizesOf(assets);
  return html
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

/** Links of a page, made right for where the page lives, and a list of them to check. */
import type { Element, Root } from 'hast';

import { addressOf, folderOf, isPage, joinPath, relativeAddress } from '../../sites/paths.ts';
import { findAll } from './find.ts';

/** Where a page is. */
export interface PagePlace {
  /** Path below the docs folder. */
  path: string;
  /** Path in the repository. */
  file: string;
  /** Links, pictures aside, lead to the repository: there are no other pages. */
  isAlone?: boolean | undefined;
}

export interface PageLink {
  kind: 'page' | 'asset' | 'address' | 'anchor' | 'repository' | 'entity' | 'external' | 'outside';
  /** As written. */
  written: string;
  /** Path below the docs folder, path in the repository, entity reference or address, by kind. */
  target: string;
  /** Of an entity's docs: address of the page below them. */
  page?: string;
  anchor?: string;
}

/** Stands for the repository's address at the commit, which changes without the page. */
export const repositoryPlace = 'callboard-repository:';

/** Stands for the address of an entity, which is known when all of them are. */
export const entityPlace = 'callboard-entity:';

const schemed = /^[a-z][a-z0-9+.-]*:/iu;

/** Rewrites addresses in place. */
export function resolveLinks(tree: Root, place: PagePlace): PageLink[] {
  const links: PageLink[] = [];
  for (const { element } of findAll(tree, '*')) {
    const { properties, tagName } = element;
    if (tagName === 'a' && typeof properties['href'] === 'string') {
      const link = linkOf(properties['href'], place);
      links.push(link);
      setHref(element, link, place);
    }
    const src = properties['src'];
    if (typeof src === 'string' && !isRemote(src)) setSource(element, src, place, links);
    if (tagName === 'img' && properties['src'] !== undefined) properties['loading'] = 'lazy';
    if (typeof properties['srcSet'] === 'string') {
      properties['srcSet'] = resolveSet(properties['srcSet'], place, links);
    }
  }
  return links;
}

/** What a link leads to; from a README that stands alone, other files are the repository's. */
function linkOf(written: string, place: PagePlace): PageLink {
  const link = classify(written, place);
  const isFile = link.kind === 'page' || link.kind === 'asset' || link.kind === 'address';
  if (!place.isAlone || !isFile || link.target === place.path) return link;
  return outside(written, split(written)[0].split('?')[0]!, place);
}

function isRemote(address: string): boolean {
  return schemed.test(address) || address.startsWith('//');
}

function setSource(element: Element, src: string, place: PagePlace, links: PageLink[]): void {
  const { properties, tagName } = element;
  const link = classify(src, place);
  links.push({ ...link, kind: link.kind === 'page' ? 'asset' : link.kind });
  if (link.kind !== 'asset') {
    delete properties['src'];
    return;
  }
  properties['src'] = relativeAddress(addressOf(place.path), link.target);
  if (tagName !== 'img') return;
  properties['dataAsset'] = link.target;
  const theme = themes[link.anchor ?? ''];
  if (!theme) return;
  properties['className'] = [...((properties['className'] ?? []) as string[]), theme];
}

/** `a.png 1x, b.png 2x` with each address made right. */
function resolveSet(set: string, place: PagePlace, links: PageLink[]): string {
  const candidates = set.split(/,\s+/u).flatMap((candidate) => {
    const [address = '', ...size] = candidate.trim().split(/\s+/u);
    if (isRemote(address)) return [candidate.trim()];
    const link = classify(address, place);
    if (link.kind !== 'asset') return [];
    links.push(link);
    return [[relativeAddress(addressOf(place.path), link.target), ...size].join(' ')];
  });
  return candidates.join(', ');
}

/** MkDocs Material's and GitHub's ways to show a picture in one of the two themes only. */
const themes: Record<string, string> = {
  'only-dark': 'doc-only-dark',
  'gh-dark-mode-only': 'doc-only-dark',
  'only-light': 'doc-only-light',
  'gh-light-mode-only': 'doc-only-light',
};

function classify(written: string, place: PagePlace): PageLink {
  const [bare = '', anchor] = split(written);
  const more = anchor === undefined ? {} : { anchor };
  const entity = entityLink(written);
  if (entity) return entity;
  if (schemed.test(written) || written.startsWith('//')) {
    return { kind: 'external', written, target: written };
  }
  if (bare === '') return { kind: 'anchor', written, target: place.path, ...more };
  const path = bare.split('?')[0]!;
  // A leading slash means the docs folder: there is no other root an author could mean.
  const inside = path.startsWith('/') ? joinPath(path) : joinPath(folderOf(place.path), path);
  if (inside === undefined) return outside(written, path, place);
  if (isPage(inside)) return { kind: 'page', written, target: inside, ...more };
  const isFile = /\.[a-z0-9]{1,8}$/iu.test(inside) && !path.endsWith('/');
  if (isFile) return { kind: 'asset', written, target: inside, ...more };
  // Written as an address of the built site: resolved from the page's own.
  const address = path.startsWith('/') ? inside : joinPath(addressOf(place.path), path);
  if (address === undefined) return outside(written, path, place);
  return { kind: 'address', written, target: address === '' ? '' : `${address}/`, ...more };
}

function outside(written: string, path: string, place: PagePlace): PageLink {
  const target = joinPath(folderOf(place.file), path);
  if (target === undefined) return { kind: 'outside', written, target: path };
  const [, anchor] = split(written);
  return { kind: 'repository', written, target, ...(anchor !== undefined && { anchor }) };
}

function split(written: string): [string, string | undefined] {
  const at = written.indexOf('#');
  return at === -1 ? [written, undefined] : [written.slice(0, at), written.slice(at + 1)];
}

function setHref(element: Element, link: PageLink, place: PagePlace): void {
  const { properties } = element;
  const from = addressOf(place.path);
  const anchor = link.anchor === undefined ? '' : `#${link.anchor}`;
  if (link.kind === 'page') {
    properties['href'] = relativeAddress(from, addressOf(link.target)) + anchor;
  } else if (link.kind === 'asset' || link.kind === 'address') {
    properties['href'] = relativeAddress(from, link.target) + anchor;
  } else if (link.kind === 'repository') {
    properties['href'] = repositoryPlace + link.target + anchor;
  } else if (link.kind === 'entity') {
    properties['href'] = entityHref(link);
  } else if (link.kind === 'outside') {
    delete properties['href'];
  } else if (link.kind === 'external' && /^(?:https?:)?\/\//iu.test(link.written)) {
    properties['rel'] = ['noopener', 'noreferrer'];
    properties['target'] = '_blank';
  }
}

const reference =
  /^entity:(?:(\w[\w.-]*):)?(?:(\w[\w.-]*)\/)?(\w[\w.-]*)(?:\/([^#]*))?(?:#(.*))?$/u;

/** Where Backstage has an entity and its docs; here they are at the same place. */
const portalAddress =
  /^\/(catalog|docs)\/(\w[\w.-]*)\/(\w[\w.-]*)\/(\w[\w.-]*)(?:\/([^#?]*))?(?:#(.*))?$/u;

/** `entity:component:default/checkout/refunds#at-the-door`, or the address of the same in a portal. */
function entityLink(written: string): PageLink | undefined {
  if (written.startsWith('entity:')) {
    const [, kind = 'component', namespace = 'default', name, page, anchor] =
      reference.exec(written) ?? [];
    if (name === undefined) return { kind: 'entity', written, target: '' };
    return entityOf(written, `${kind}:${namespace}/${name}`, page, anchor);
  }
  const [, place, namespace, kind, name, rest, anchor] = portalAddress.exec(written) ?? [];
  // A file of the docs folder may have a path like that.
  if (name === undefined || /\.[a-z0-9]{1,8}$/iu.test(rest ?? name)) return undefined;
  return entityOf(written, `${kind}:${namespace}/${name}`, place === 'docs' ? rest : '', anchor);
}

function entityOf(written: string, ref: string, page = '', anchor?: string): PageLink {
  const path = joinPath(page) ?? '';
  const address = isPage(path) || path === '' ? addressOf(path) : `${path}/`;
  return {
    kind: 'entity',
    written,
    target: ref.toLowerCase(),
    ...(address !== '' && { page: address }),
    ...(anchor !== undefined && { anchor }),
  };
}

function entityHref({ target, page = '', anchor }: PageLink): string | undefined {
  if (target === '') return undefined;
  const path = page && `/${relativeAddress('', page)}`;
  return entityPlace + target + path + (anchor === undefined ? '' : `#${anchor}`);
}

/** Pictures from other hosts: a page loads them only from where the portal's owner agreed to. */
import type { Element, Root } from 'hast';

/** Leaves pictures of the hosts named, and puts a link in the place of every other. */
export function replaceRemotePictures(tree: Root, hosts: readonly string[]): void {
  visit(tree, false);

  function visit(node: Root | Element, isLinked: boolean): void {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      const { src, srcSet, poster } = child.properties;
      if (isForbidden(poster)) delete child.properties['poster'];
      if (
        String(srcSet ?? '')
          .split(',')
          .some((each) => isForbidden(each.trim()))
      ) {
        delete child.properties['srcSet'];
      }
      const remote = sourcesOf(child).filter(isForbidden);
      if (remote.length > 0 && remote.length === sourcesOf(child).length) {
        replace(child, String(remote[0]), isLinked);
        continue;
      }
      // Frames have hosts of their own, which sanitising has looked at.
      if (child.tagName !== 'iframe' && isForbidden(src)) delete child.properties['src'];
      visit(child, isLinked || child.tagName === 'a');
    }
  }

  function isForbidden(address: unknown): boolean {
    if (typeof address !== 'string' || !/^(?:https?:)?\/\//iu.test(address)) return false;
    const url = URL.canParse(address, 'https://x') ? new URL(address, 'https://x') : undefined;
    return !url || !hosts.includes(url.host);
  }
}

/** Where a picture, film or sound may come from; empty for everything else. */
function sourcesOf({ tagName, properties, children }: Element): unknown[] {
  if (tagName === 'img') return [properties['src']];
  if (tagName !== 'video' && tagName !== 'audio') return [];
  const sources = children.filter(
    (child) => child.type === 'element' && child.tagName === 'source',
  );
  return [properties['src'], ...sources.map((each) => (each as Element).properties['src'])].filter(
    Boolean,
  );
}

function replace(picture: Element, address: string, isLinked: boolean): void {
  const alt = picture.properties['alt'];
  const text = typeof alt === 'string' && alt.trim() ? alt : nameOf(address);
  picture.tagName = isLinked ? 'span' : 'a';
  picture.properties = {
    className: ['doc-remote'],
    title: `A picture on ${hostOf(address)}`,
    ...(!isLinked && { href: address, rel: ['noopener', 'noreferrer'], target: '_blank' }),
  };
  picture.children = [{ type: 'text', value: text }];
}

function hostOf(address: string): string {
  return URL.canParse(address, 'https://x') ? new URL(address, 'https://x').host : address;
}

function nameOf(address: string): string {
  return /([^/?#]+)\/*(?:[?#]|$)/u.exec(address)?.[1] ?? address;
}

/** What a page loads from other hosts, as the directives its policy needs besides the portal's own. */
import type { Root } from 'hast';

import { findAll } from './find.ts';

const directives: Record<string, string> = {
  img: 'img-src',
  iframe: 'frame-src',
  video: 'media-src',
  audio: 'media-src',
  source: 'media-src',
};

/** Directives such as `img-src https://img.shields.io`, sorted. Runs last: what is in the page then was allowed. */
export function policyOf(tree: Root): string[] {
  const found = new Set<string>();
  for (const { element } of findAll(tree, '*')) {
    const directive = directives[element.tagName];
    const src = element.properties['src'];
    if (!directive || typeof src !== 'string' || !/^(?:https?:)?\/\//iu.test(src)) continue;
    if (URL.canParse(src, 'https://x'))
      found.add(`${directive} ${new URL(src, 'https://x').origin}`);
  }
  return [...found].sort();
}

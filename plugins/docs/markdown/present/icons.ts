/** Icons of MkDocs Material's sets, by the Lucide icon of the same meaning. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';

import { otherNames } from './icon-names.ts';

const require = createRequire(import.meta.url);

const drawn = new Map<string, Element['children'] | undefined>();

/** The shapes of an icon such as `material-account-circle` or `octicons-arrow-right-24`. */
export function iconFor(name: string): Element['children'] | undefined {
  if (!drawn.has(name)) drawn.set(name, draw(name));
  return drawn.get(name) && structuredClone(drawn.get(name));
}

function draw(name: string): Element['children'] | undefined {
  const bare = name
    .replace(/^(?:material|octicons|simple|fontawesome-(?:solid|regular|brands))-/u, '')
    .replace(/-(?:12|16|24)$/u, '')
    .replace(/-(?:outline|fill|variant)$/u, '');
  for (const guess of [...guessesFor(bare), 'shapes']) {
    const svg = /^[a-z0-9-]+$/u.test(guess) ? read(guess) : undefined;
    if (svg) return svg;
  }
  return undefined;
}

/** The name, then ever fewer of its words: the first ones say what a picture shows. */
function* guessesFor(name: string): Generator<string> {
  const words = name.split('-');
  for (let count = words.length; count > 0; count -= 1) {
    const part = words.slice(0, count).join('-');
    if (Object.hasOwn(otherNames, part)) yield otherNames[part]!;
    yield part;
  }
  yield words.at(-1)!;
}

function read(name: string): Element['children'] | undefined {
  try {
    const text = readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8');
    const root = fromHtml(text.slice(text.indexOf('<svg')), { fragment: true });
    const svg = root.children.find((child) => child.type === 'element');
    if (svg?.type !== 'element') return undefined;
    svg.properties = {
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      strokeWidth: '1.75',
      strokeLinecap: 'round',
      strokeLinejoin: 'round',
      ariaHidden: 'true',
    };
    return [svg];
  } catch {
    return undefined;
  }
}

/** Icons of MkDocs Material's sets, by the Lucide icon of the same meaning. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';

const require = createRequire(import.meta.url);

/** Words other sets use for the same picture. */
const others: Record<string, string> = {
  account: 'user',
  'account-group': 'users',
  'alert-circle': 'circle-alert',
  alert: 'triangle-alert',
  check: 'check',
  'check-circle': 'circle-check',
  'check-bold': 'check',
  'close-circle': 'circle-x',
  close: 'x',
  cog: 'settings',
  gear: 'settings',
  'file-document': 'file-text',
  'help-circle': 'circle-help',
  home: 'house',
  information: 'info',
  'lightning-bolt': 'zap',
  'lightbulb-on': 'lightbulb',
  magnify: 'search',
  'open-in-new': 'external-link',
  'link-external': 'external-link',
  pencil: 'pencil',
  'rocket-launch': 'rocket',
  'shield-check': 'shield-check',
  'source-branch': 'git-branch',
  'source-pull': 'git-pull-request',
  tools: 'wrench',
  'tag-outline': 'tag',
  'clock-outline': 'clock',
  'triangle-exclamation': 'triangle-alert',
  cloud: 'cloud',
  'mark-github': 'git-branch',
  github: 'git-branch',
  youtube: 'play',
  slack: 'hash',
  mastodon: 'message-circle',
  envelope: 'mail',
  email: 'mail',
  server: 'server',
  heart: 'heart',
  'heart-fill': 'heart',
  'arrow-right-thin': 'arrow-right',
  'book-open-variant': 'book-open',
  beaker: 'flask-conical',
  'test-tube': 'test-tube',
  'table-large': 'table',
  'code-braces': 'braces',
  console: 'terminal',
  docker: 'container',
  python: 'code',
  npm: 'package',
};

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
    .replace(/-outline$/u, '');
  const parts = bare.split('-');
  const guesses = [others[bare], bare, parts.slice(0, 2).join('-'), others[parts[0]!], parts[0]];
  for (const guess of guesses) {
    const svg = guess && /^[a-z0-9-]+$/u.test(guess) ? read(guess) : undefined;
    if (svg) return svg;
  }
  return undefined;
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

import type { IconName } from '../../ui/icons.ts';

/** How a kind is named and drawn. */
export interface KindLook {
  /** Lower-case, as in addresses and refs. */
  kind: string;
  one: string;
  many: string;
  /** Two letters beside names. */
  glyph: string;
  icon: IconName;
}

const looks: KindLook[] = [
  { kind: 'component', one: 'Component', many: 'Components', glyph: 'Co', icon: 'box' },
  { kind: 'api', one: 'API', many: 'APIs', glyph: 'AP', icon: 'plug' },
  { kind: 'resource', one: 'Resource', many: 'Resources', glyph: 'Re', icon: 'database' },
  { kind: 'system', one: 'System', many: 'Systems', glyph: 'Sy', icon: 'boxes' },
  { kind: 'domain', one: 'Domain', many: 'Domains', glyph: 'Do', icon: 'layers' },
  { kind: 'group', one: 'Group', many: 'Groups', glyph: 'Gr', icon: 'users' },
  { kind: 'user', one: 'User', many: 'Users', glyph: 'Us', icon: 'user' },
  { kind: 'template', one: 'Template', many: 'Templates', glyph: 'Te', icon: 'layout-template' },
  { kind: 'airesource', one: 'AI resource', many: 'AI resources', glyph: 'AI', icon: 'bot' },
  { kind: 'location', one: 'Location', many: 'Locations', glyph: 'Lo', icon: 'map-pin' },
];
const byKind = new Map(looks.map((look) => [look.kind, look]));

/** Look of any kind, known or an organisation's own. */
export function kindLook(kind: string): KindLook {
  const known = byKind.get(kind.toLowerCase());
  if (known) return known;
  const glyph = kind.slice(0, 1).toUpperCase() + kind.slice(1, 2).toLowerCase();
  return { kind: kind.toLowerCase(), one: kind, many: `${kind}s`, glyph, icon: 'square' };
}

/** Sorts kinds as people think of them: what runs first, where it was read last. */
export function compareKinds(a: string, b: string): number {
  return rank(a) - rank(b) || a.localeCompare(b);
}

function rank(kind: string): number {
  const index = looks.findIndex((look) => look.kind === kind.toLowerCase());
  return index === -1 ? looks.length : index;
}

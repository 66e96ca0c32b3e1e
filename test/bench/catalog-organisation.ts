import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface OrganisationSize {
  entities: number;
  repositories: number;
  /** The same seed writes the same files. */
  seed: number;
}

/** Writes a believable organisation: repositories whose catalog files hold exactly that many entities together. */
export function generateOrganisation(
  folder: string,
  { entities, repositories, seed }: OrganisationSize,
): void {
  const random = seededRandom(seed);
  const counts = shares(entities);
  const names = {
    Domain: namesOf('domain', counts.Domain),
    System: namesOf('system', counts.System),
    Group: namesOf('team', counts.Group),
    User: namesOf('person', counts.User),
    Component: namesOf('service', counts.Component),
    API: namesOf('api', counts.API),
    Resource: namesOf('store', counts.Resource),
  };

  const documents: string[] = [];
  for (const name of names.Domain)
    documents.push(entity('Domain', name, { owner: one(names.Group) }));
  for (const name of names.System)
    documents.push(entity('System', name, { owner: one(names.Group), domain: one(names.Domain) }));
  for (const [index, name] of names.Group.entries()) {
    const parent = index === 0 ? {} : { parent: names.Group[Math.floor((index - 1) / 6)] };
    documents.push(entity('Group', name, { type: 'team', ...parent, children: [] }));
  }
  for (const name of names.User)
    documents.push(
      entity('User', name, {
        profile: { displayName: `Person ${name}`, email: `${name}@example.com` },
        memberOf: [one(names.Group)],
      }),
    );
  for (const name of names.API)
    documents.push(
      entity('API', name, {
        type: 'openapi',
        lifecycle: 'production',
        owner: one(names.Group),
        system: one(names.System),
        definition: `openapi: 3.0.0\ninfo: { title: ${name}, version: 1.0.0 }\npaths: {}\n`,
      }),
    );
  for (const name of names.Resource)
    documents.push(
      entity('Resource', name, {
        type: 'database',
        owner: one(names.Group),
        system: one(names.System),
      }),
    );
  for (const name of names.Component)
    documents.push(
      entity('Component', name, {
        type: pick(['service', 'website', 'library']),
        lifecycle: pick(['production', 'production', 'experimental', 'deprecated']),
        owner: one(names.Group),
        system: one(names.System),
        providesApis: some(names.API, 1),
        consumesApis: some(names.API, 2),
        dependsOn: [
          ...some(names.Resource, 1).map((each) => `resource:${each}`),
          ...some(names.Component, 2).map((each) => `component:${each}`),
        ],
      }),
    );

  for (let index = 0; index < repositories; index += 1) {
    const repository = join(folder, `repository-${index}`);
    mkdirSync(repository, { recursive: true });
    writeFileSync(join(repository, 'README.md'), `# repository-${index}\n`);
    const own = documents.filter((_, position) => position % repositories === index);
    if (own.length > 0) writeFileSync(join(repository, 'catalog-info.yaml'), own.join('---\n'));
  }

  function pick<Item>(list: readonly Item[]): Item {
    return list[Math.floor(random() * list.length)]!;
  }
  function one(list: readonly string[]): string {
    return pick(list);
  }
  function some(list: readonly string[], most: number): string[] {
    return [
      ...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(list))),
    ];
  }
}

type Kind = 'Domain' | 'System' | 'Group' | 'User' | 'Component' | 'API' | 'Resource';

/** How many of each kind, as in the public organisations of the corpus; together exactly `entities`. */
function shares(entities: number): Record<Kind, number> {
  const share = (part: number) => Math.max(1, Math.floor(entities * part));
  const counts = {
    Domain: share(0.01),
    System: share(0.05),
    Group: share(0.06),
    User: share(0.2),
    API: share(0.12),
    Resource: share(0.1),
  };
  const rest = entities - Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { ...counts, Component: Math.max(1, rest) };
}

function namesOf(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

/** JSON is YAML too, and every value of `spec` is plain. */
function entity(kind: Kind, name: string, spec: Record<string, unknown>): string {
  const lines = Object.entries(spec).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  return `apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata:
  name: ${name}
  title: ${kind} ${name}
  description: The ${kind.toLowerCase()} ${name} of a generated organisation.
  tags: [generated, ${kind.toLowerCase()}]
spec:
${lines.join('')}`;
}

/** Mulberry32: small, fast and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

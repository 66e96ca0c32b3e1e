import { expect, test } from 'vitest';
import { catalogModelAlpha } from './judge.ts';
import { canonicalRef, parseRef } from './refs.ts';
import { oppositeRelation, referencesOf, relationFields } from './relations.ts';

const alpha = catalogModelAlpha();
const model = alpha.compileCatalogModel([
  alpha.defaultCatalogEntityModel,
  alpha.aiResourceEntityModel,
  alpha.mcpServerApiEntityModel,
]);

test.each(['Component', 'API', 'Resource', 'System', 'Domain', 'Group', 'User', 'Location'])(
  'the relation fields of a %s are those of catalog-model',
  (kind) => {
    const { relationFields: theirs } = model.getKind({
      kind,
      apiVersion: 'backstage.io/v1alpha1',
    })!;

    expect(new Set(relationFields[kind]?.map(asTheirs))).toEqual(new Set(theirs.map(comparable)));
  },
);

test('the relation fields of an AiResource are those of all its types', () => {
  const theirs = ['skill', 'rule', 'plugin', 'marketplace'].flatMap(
    (type) =>
      model.getKind({ kind: 'AiResource', apiVersion: 'backstage.io/v1alpha1', spec: { type } })!
        .relationFields,
  );

  expect(new Set(relationFields['AiResource']?.map(asTheirs))).toEqual(
    new Set(theirs.map(comparable)),
  );
});

test('every relation has the opposite catalog-model gives it', () => {
  for (const kind of Object.keys(relationFields)) {
    for (const { forward, reverse } of model.getRelations({ kind }) ?? []) {
      expect(oppositeRelation(forward.type)).toBe(reverse.type);
      expect(oppositeRelation(reverse.type)).toBe(forward.type);
    }
  }
});

test('references take the kind of their field and the namespace of their entity', () => {
  const references = referencesOf({
    kind: 'Component',
    metadata: { namespace: 'payments' },
    spec: { owner: 'Team', providesApis: ['other/orders', 7], dependsOn: ['resource:db', 'db'] },
  });

  expect(
    references.map(({ type, path, target, wrong }) => [type, path.join('.'), target ?? wrong]),
  ).toEqual([
    ['ownedBy', 'spec.owner', 'group:payments/team'],
    ['providesApi', 'spec.providesApis.0', 'api:other/orders'],
    ['dependsOn', 'spec.dependsOn.0', 'resource:payments/db'],
    ['dependsOn', 'spec.dependsOn.1', '`db` names no kind, expected `<kind>:db`'],
  ]);
});

test.each([
  ['team', 'group:payments/team'],
  ['ns/team', 'group:ns/team'],
  ['user:guest', 'user:payments/guest'],
  ['a/b:c', 'group:a/b:c'],
  ['a:b/c/d', 'a:b/c/d'],
  [':x', '`:x` is no reference, expected `[<kind>:][<namespace>/]<name>`'],
  ['x:', '`x:` is no reference, expected `[<kind>:][<namespace>/]<name>`'],
  ['/x', '`/x` is no reference, expected `[<kind>:][<namespace>/]<name>`'],
])('the reference %s is read as Backstage does', (text, expected) => {
  const parsed = parseRef(text, { kind: 'Group', namespace: 'payments' });

  expect(typeof parsed === 'string' ? parsed : canonicalRef(parsed)).toBe(expected);
});

function asTheirs({ field, type, kind }: { field: string; type: string; kind?: string }): string {
  return `spec.${field} ${type} ${kind}`;
}

function comparable(field: {
  path?: string;
  relation: string;
  defaultKind?: string | undefined;
}): string {
  return `${field.path} ${field.relation} ${field.defaultKind}`;
}

import { expect, test } from 'vitest';

import { compileForm } from './compile-form.ts';
import { createLink, type CreateTarget } from './create-on-github.ts';
import { filtered, wholeRef, type EntitySummary } from './entities.ts';
import { fromHash, toHash } from './share.ts';
import { formPage } from './split-schema.ts';

test('ui keys leave the schema, also of what depends on a field', () => {
  const page = formPage(
    {
      title: 'Basics',
      'ui:order': ['name', '*'],
      properties: {
        name: { type: 'string', 'ui:autofocus': true, 'ui:options': { rows: 2 } },
        tags: { type: 'array', items: { type: 'string', 'ui:placeholder': 'tag' } },
        cloud: { type: 'boolean', 'backstage:permissions': { tags: ['x'] } },
      },
      dependencies: {
        cloud: {
          oneOf: [
            {
              properties: {
                cloud: { const: true },
                region: { type: 'string', 'ui:widget': 'radio' },
              },
            },
          ],
        },
      },
    },
    0,
  );

  expect(page).toEqual({
    title: 'Basics',
    hidden: [],
    schema: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' } },
        cloud: { type: 'boolean' },
      },
      dependencies: {
        cloud: { oneOf: [{ properties: { cloud: { const: true }, region: { type: 'string' } } }] },
      },
    },
    ui: {
      'ui:order': ['name', '*'],
      name: { 'ui:autofocus': true, 'ui:options': { rows: 2 } },
      tags: { items: { 'ui:placeholder': 'tag' } },
      region: { 'ui:widget': 'radio' },
    },
  });
});

test.each([
  ['OwnerPicker', { type: 'string' }, { 'ui:widget': 'OwnerPicker' }],
  [
    'EntityTagsPicker',
    { type: 'array', items: { type: 'string' } },
    { 'ui:widget': 'EntityTagsPicker' },
  ],
  [
    'Unheard',
    { type: 'string' },
    { 'ui:help': '(The field Unheard is not known here: enter its value as it is.)' },
  ],
])('the field %s becomes a widget or a plain input with a note', (field, schema, ui) => {
  const page = formPage({ properties: { it: { 'ui:field': field } } }, 2);

  expect(page.title).toBe('Step 3');
  expect(page.schema['properties']).toEqual({ it: schema });
  expect(page.ui['it']).toEqual(ui);
});

test('an object without named keys is edited as JSON', () => {
  expect(formPage({ properties: { it: { type: 'object' } } }, 0).ui).toEqual({
    it: { 'ui:field': 'JsonField' },
  });
});

test('compiled validators need no eval, and a schema that cannot be compiled is named', () => {
  const good = formPage(
    { properties: { name: { type: 'string', pattern: '^a', format: 'email' } } },
    0,
  );
  const bad = formPage({ title: 'Broken', properties: { name: { type: 'nonsense' } } }, 1);

  const { code, problems } = compileForm([good, bad]);

  expect(code).toMatch(/^export default \(require\) => \[/);
  expect(code).not.toMatch(/new Function|\beval\(/);
  expect(problems).toEqual([expect.stringMatching(/^Broken: /)]);
});

test('values are shared by the address, secrets never, in neither direction', () => {
  const secrets = new Set(['token']);
  const hash = toHash({ name: 'a b&c', token: 'x', list: [1] }, secrets);

  expect(hash).toBe('#values=%7B%22name%22%3A%22a%20b%26c%22%2C%22list%22%3A%5B1%5D%7D');
  expect(fromHash(hash, secrets)).toEqual({ name: 'a b&c', list: [1] });
  expect(fromHash('#values=%7B%22token%22%3A%22x%22%7D', secrets)).toEqual({});
});

test.each([
  '',
  '#other',
  '#values=',
  '#values=%',
  '#values=[]',
  '#values=null',
  '#values={"__proto__":{"a":1}}',
])('the hash %s holds nothing', (hash) => {
  expect(fromHash(hash, new Set())).toEqual({});
});

const target: CreateTarget = {
  url: 'https://github.com',
  repository: 'acme/portal',
  method: 'issue',
  issueForm: 'create.yml',
  workflow: 'create.yml',
};

test('the link prefills the issue form', () => {
  expect(createLink(target, 'template:default/go', { name: 'x' })).toEqual({
    href: 'https://github.com/acme/portal/issues/new?template=create.yml&title=Create%3A+template%3Adefault%2Fgo&template-ref=template%3Adefault%2Fgo&values=name%3A+x',
    values: 'name: x',
    isPrefilled: true,
  });
});

test('values too long for an address are left to paste, as are those of a dispatch', () => {
  const long = createLink(target, 'template:default/go', { name: 'x'.repeat(9_000) });
  const dispatch = createLink({ ...target, method: 'dispatch' }, 'template:default/go', {
    name: 'x',
  });

  expect(long.isPrefilled).toBe(false);
  expect(long.href.length).toBeLessThan(300);
  expect(dispatch).toEqual({
    href: 'https://github.com/acme/portal/actions/workflows/create.yml',
    values: 'name: x',
    isPrefilled: false,
  });
});

const entities: EntitySummary[] = [
  { ref: 'group:default/payments', kind: 'Group', title: 'Payments' },
  { ref: 'component:eu/api', kind: 'Component', title: 'API', type: 'service' },
  { ref: 'component:default/web', kind: 'Component', title: 'Web', type: 'website' },
];

test.each([
  ['nothing', undefined, 3],
  ['a kind', { kind: 'component' }, 2],
  ['kinds', { kind: ['Group', 'Component'] }, 3],
  ['kind and type', { kind: 'Component', 'spec.type': 'service' }, 1],
  ['one of several', [{ kind: 'Group' }, { 'spec.type': 'website' }], 2],
  ['a namespace', { 'metadata.namespace': 'eu' }, 1],
])('a catalog filter of %s', (_name, filter, count) => {
  expect(filtered(entities, filter)).toHaveLength(count);
});

test.each([
  ['payments', { defaultKind: 'Group' }, 'group:default/payments'],
  ['payments', { defaultKind: 'Group', defaultNamespace: 'eu' }, 'group:eu/payments'],
  ['component:eu/API', {}, 'component:eu/api'],
  ['payments', {}, 'payments'],
])('%s becomes a whole reference', (text, defaults, whole) => {
  expect(wholeRef(text, defaults)).toBe(whole);
});

test('secrets and passwords are hidden at any depth', () => {
  const token = { type: 'string', 'ui:field': 'Secret' };
  const page = formPage(
    {
      properties: {
        name: { type: 'string' },
        inner: { type: 'object', properties: { token } },
        word: { type: 'string', 'ui:widget': 'password' },
      },
      dependencies: { name: { oneOf: [{ properties: { other: token } }] } },
    },
    0,
  );
  const values = { name: 'a', inner: { token: 'x', kept: 1 }, word: 'y', other: 'z' };

  expect(page.hidden).toEqual(['token', 'other', 'word']);
  expect(decodeURIComponent(toHash(values, new Set(page.hidden)))).toBe(
    '#values={"name":"a","inner":{"kept":1}}',
  );
});

test('what hangs on a feature flag is left out, as while the flag is off', () => {
  const { schema } = formPage(
    {
      required: ['name', 'beta'],
      properties: {
        name: { type: 'string' },
        beta: { type: 'string', 'backstage:featureFlag': 'beta' },
      },
    },
    0,
  );

  expect(schema).toEqual({
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' } },
  });
});

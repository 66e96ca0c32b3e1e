import { describe, expect, test } from 'vitest';
import { memoryRepository } from '../../test/memory-repository.ts';
import type { ProblemInput } from '../types.ts';
import { readRepository } from './read-repository.ts';

const component = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
spec:
  type: service
  lifecycle: production
  owner: payments
`;
function apiOf(definition: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: orders
spec:
  type: openapi
  lifecycle: production
  owner: payments
  definition:
    ${definition}
`;
}

function locationOf(target: string, name = 'all'): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: ${name}
spec:
  target: ${target}
`;
}

const laughs = [
  'a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]',
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]`),
].join('\n');

/** What is committed, and the exact problems: `line:column code message`. */
const table: [name: string, files: Record<string, string | Uint8Array>, problems: string[]][] = [
  [
    'not YAML',
    { 'catalog-info.yaml': 'kind: %{ nope\n' },
    [
      '1:7 yaml-syntax Not valid YAML: Plain value cannot start with directive indicator character %.',
    ],
  ],
  [
    'a document that is not YAML',
    { 'catalog-info.yaml': `a: b: c\n---\n${component}` },
    ['1:4 yaml-syntax Not valid YAML: Nested mappings are not allowed in compact mappings.'],
  ],
  [
    'duplicate keys',
    { 'catalog-info.yaml': `${component}  owner: platform\n` },
    ['9:3 yaml-syntax The key `owner` occurs twice in one map, expected every key once.'],
  ],
  [
    'billion laughs',
    { 'catalog-info.yaml': `${laughs}\n` },
    [
      '1:1 yaml-aliases Aliases multiply this document more than 100 times or past 20 MiB, expected less.',
    ],
  ],
  [
    'an alias without an anchor',
    { 'catalog-info.yaml': 'kind: *gone\n' },
    [
      '1:1 yaml-aliases Unresolved alias (the anchor must be set before the alias): gone, expected an anchor of that name before it.',
    ],
  ],
  [
    'merge keys are off, as in Backstage',
    { 'catalog-info.yaml': `x: &x { owner: payments }\n---\n${component}  <<: { team: a }\n` },
    [
      '1:1 invalid-entity Missing `apiVersion`, expected text.',
      '1:1 invalid-entity Missing `kind`, expected text.',
      '1:1 invalid-entity Missing `metadata`, expected a map.',
      '1:1 invalid-entity Unexpected key `x` at the top level, expected one of apiVersion, kind, metadata, spec.',
    ],
  ],
  [
    'custom tags',
    { 'catalog-info.yaml': component.replace('service', '!!js/function "service"') },
    ['6:9 yaml-tag Unexpected tag `tag:yaml.org,2002:js/function`, expected plain YAML.'],
  ],
  [
    'NUL bytes',
    { 'catalog-info.yaml': `${component}\0` },
    ['9:1 encoding The file holds a NUL byte, expected text in UTF-8.'],
  ],
  ['a byte order mark', { 'catalog-info.yaml': `\uFEFF${component}` }, []],
  ['Windows line ends', { 'catalog-info.yaml': component.replaceAll('\n', '\r\n') }, []],
  [
    'Latin-1',
    { 'catalog-info.yaml': Buffer.from(component.replace('service', 'café'), 'latin1') },
    [
      '6:12 encoding The file is not UTF-8, expected UTF-8. Characters that could not be read show as \uFFFD.',
    ],
  ],
  [
    'UTF-16',
    { 'catalog-info.yaml': Buffer.from(`\uFEFF${component}`, 'utf16le') },
    ['1:1 encoding The file is UTF-16, expected UTF-8.'],
  ],
  [
    '50 MB',
    { 'catalog-info.yaml': Buffer.alloc(50 * 1024 * 1024, 0x23) },
    ['- file-too-large `catalog-info.yaml` is too large.'],
  ],
  [
    'prototype-polluting keys',
    { 'catalog-info.yaml': `${component}  __proto__: { isAdmin: true }\n` },
    [
      '1:1 unsafe-key Unexpected key `__proto__`, expected none of __proto__, constructor, prototype. It is left out.',
    ],
  ],
  [
    'nesting without end',
    { 'catalog-info.yaml': `a: ${'['.repeat(5000)}${']'.repeat(5000)}` },
    [expect.stringContaining('yaml-syntax') as never],
  ],
  [
    'a list as a document',
    { 'catalog-info.yaml': '- one\n- two\n' },
    [
      '1:1 not-an-entity Unexpected list as a document, expected a map with apiVersion, kind and metadata.',
    ],
  ],
  ['an empty file', { 'catalog-info.yaml': '' }, []],
  ['empty documents', { 'catalog-info.yaml': `---\n---\n${component}---\n` }, []],
  [
    'an unknown kind',
    { 'catalog-info.yaml': component.replace('kind: Component', 'kind: component') },
    [
      '2:7 unknown-kind Unknown kind `component`, expected one of Component, API, Resource, System, Domain, Group, User, Location, AiResource, Template.',
    ],
  ],
  [
    'an unknown apiVersion',
    { 'catalog-info.yaml': component.replace('v1alpha1', 'v1') },
    [
      '1:13 unknown-kind Unknown apiVersion `backstage.io/v1` for a Component, expected backstage.io/v1alpha1 or backstage.io/v1beta1.',
    ],
  ],
  [
    'every mistake of an entity at once',
    {
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: check out
  tags: [Java, 7]
  annotations: { a: true }
spec:
  type: ''
  lifecyle: production
  owner: { kind: Group }
relations: []
`,
    },
    [
      '4:9 invalid-entity Unexpected value `check out` at `metadata.name`, expected letters and digits separated by `-`, `_` or `.`, at most 63.',
      '5:10 invalid-entity Unexpected value `Java` at `metadata.tags.0`, expected lower-case letters, digits, `:`, `+` and `#` separated by `-`, at most 63.',
      '5:16 invalid-entity Unexpected number at `metadata.tags.1`, expected text.',
      '6:21 invalid-entity Unexpected boolean at `metadata.annotations.a`, expected text.',
      '8:9 invalid-entity `spec.type` is empty, expected some text.',
      '9:3 invalid-entity Missing `spec.lifecycle`, expected text.',
      '10:10 invalid-entity Unexpected map at `spec.owner`, expected text.',
      '11:1 invalid-entity Unexpected key `relations` at the top level, expected one of apiVersion, kind, metadata, spec.',
    ],
  ],
  [
    'a reference without a kind',
    { 'catalog-info.yaml': `${component}  dependsOn: [ledger]\n` },
    ['9:15 bad-reference spec.dependsOn.0: `ledger` names no kind, expected `<kind>:ledger`.'],
  ],
  [
    'a relative link',
    { 'catalog-info.yaml': component.replace('spec:', '  links: [{ url: /docs }]\nspec:') },
    [
      '5:18 invalid-entity Unexpected value `/docs` at `metadata.links.0.url`, expected an absolute address such as https://example.com.',
    ],
  ],
  [
    'script links are reported; HTML is data, for the pages to show safely',
    {
      'catalog-info.yaml': component.replace(
        'spec:',
        '  title: <b>x</b>\n  links: [{ url: "javascript:alert(1)" }, { url: "data:text/html,x" }]\nspec:',
      ),
    },
    [
      '6:18 unsafe-link The link `javascript:` is not shown, expected an address that starts with https:, http:, mailto:, tel:, slack:, msteams: or vscode:.',
      '6:50 unsafe-link The link `data:` is not shown, expected an address that starts with https:, http:, mailto:, tel:, slack:, msteams: or vscode:.',
    ],
  ],
  [
    'a Location that leads outside',
    { 'catalog-info.yaml': locationOf('../../etc/passwd') },
    [
      '6:11 location-outside The target `../../etc/passwd` leads out of the repository, expected a file in it.',
    ],
  ],
  [
    'a Location that names an address',
    { 'catalog-info.yaml': locationOf('https://example.com/catalog-info.yaml') },
    [
      '6:11 location-url The target `https://example.com/catalog-info.yaml` is an address elsewhere, expected a file of this repository. It is not read.',
    ],
  ],
  [
    'a Location that names itself',
    { 'catalog-info.yaml': locationOf('./catalog-info.yaml') },
    [
      '6:11 location-cycle The Location names its own file `catalog-info.yaml`, expected another file.',
    ],
  ],
  [
    'a Location that names nothing',
    { 'catalog-info.yaml': locationOf('./gone.yaml') },
    ['6:11 location-missing The target `./gone.yaml` matches no file, expected at least one.'],
  ],
  [
    'Locations in a circle',
    {
      'catalog-info.yaml': locationOf('./b.yaml'),
      'b.yaml': locationOf('./catalog-info.yaml', 'back'),
    },
    [
      '6:11 location-cycle Locations name each other in a circle: `catalog-info.yaml` → `b.yaml` → `catalog-info.yaml`, expected an end.',
    ],
  ],
  [
    'a placeholder that names nothing',
    { 'catalog-info.yaml': apiOf('$text: ./gone.yaml') },
    [
      '10:12 placeholder The $text at `spec.definition` names `gone.yaml`, which is not in the repository.',
    ],
  ],
  [
    'a placeholder that leads outside',
    { 'catalog-info.yaml': apiOf('$text: ../../secrets') },
    [
      '10:12 placeholder The $text at `spec.definition` names `../../secrets`, expected a file of the same repository.',
    ],
  ],
  [
    'a placeholder of another host',
    { 'catalog-info.yaml': apiOf('$text: https://petstore.swagger.io/v2/swagger.json') },
    [
      '10:12 placeholder The $text at `spec.definition` names `https://petstore.swagger.io/v2/swagger.json`, expected a file of the same repository.',
    ],
  ],
  [
    'a placeholder of JSON that is not JSON',
    { 'catalog-info.yaml': apiOf('$json: ./a.json'), 'a.json': 'nope' },
    [
      expect.stringMatching(
        /^10:12 placeholder The \$json at `spec\.definition` cannot be filled in: Unexpected token/,
      ) as never,
    ],
  ],
];

describe('what people commit', () => {
  test.each(table)('%s', async (_name, files, expected) => {
    const { problems } = await readRepository(memoryRepository(files));

    expect(problems.map(line).sort()).toEqual([...expected].sort());
    expect(problems.every(({ hint }) => hint !== undefined && hint.length > 5)).toBe(true);
  });
});

test.each([
  ['kind: %x', 'Quote values that start with a special character such as % @ ` { [ & * ! | >.'],
  ['a: b: c', 'Quote values that hold a `: `.'],
  ['a:\n\tb: c', 'Indent with spaces, by the same amount for all keys of a map.'],
  ['a: "b', 'Look for a `:`, quote or bracket that is missing here or on the line before.'],
])('the hint for %j is about that', async (text, hint) => {
  const { problems } = await readRepository(memoryRepository({ 'catalog-info.yaml': text }));

  expect(problems.map((problem) => problem.hint)).toContain(hint);
});

test.each([
  ['lifecyle: production', 'Did you mean `lifecycle` where it says `lifecyle`?'],
  ['lifecycle: 1.0', 'Put it in quotes.'],
  ['lifecycle:', 'Fill it in, or remove the key where it is optional.'],
])('%s is told what to do', async (line, hint) => {
  const text = component.replace('lifecycle: production', line);

  const { problems } = await readRepository(memoryRepository({ 'catalog-info.yaml': text }));

  expect(problems.map((problem) => problem.hint)).toEqual([hint]);
});

test('a bad document never loses the others', async () => {
  const text = `kind: %x\n---\n- list\n---\n${component}---\n${component.replace('checkout', '-a')}`;

  const { documents } = await readRepository(memoryRepository({ 'catalog-info.yaml': text }));

  expect(documents.map(({ verdict }) => verdict)).toEqual([
    'yaml-error',
    'invalid',
    'valid',
    'invalid',
  ]);
});

test('keys of the prototype reach neither the entity nor anything else', async () => {
  const text = `${component}  __proto__: { isAdmin: true }\n  constructor: { prototype: { isAdmin: true } }\n`;

  const { documents } = await readRepository(memoryRepository({ 'catalog-info.yaml': text }));

  const spec = documents[0]?.entity?.entity.spec ?? {};
  expect(Object.keys(spec)).toEqual(['type', 'lifecycle', 'owner']);
  expect(Object.getPrototypeOf(spec)).toBe(Object.prototype);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

test('20,000 entities in one file are read', async () => {
  const text = Array.from({ length: 20_000 }, (_, index) =>
    component.replace('checkout', `checkout-${index}`),
  ).join('---\n');

  const { documents, problems } = await readRepository(
    memoryRepository({ 'catalog-info.yaml': text }),
  );

  expect(problems).toEqual([]);
  expect(documents.length).toBe(20_000);
  expect(documents.at(-1)?.entity?.origin.line).toBe(1 + 19_999 * 9);
});

test('the text of each document is kept as committed', async () => {
  const written = `# who answers the phone\n${component}# the end\n`;

  const { documents } = await readRepository(
    memoryRepository({
      'catalog-info.yaml': `---\n${written}---\n${component.replace('checkout', 'b')}`,
    }),
  );

  expect(documents[0]?.entity?.raw).toBe(written);
  expect(documents[0]?.entity?.origin).toMatchObject({ line: 3, column: 1 });
});

function line({ code, message, at }: ProblemInput): string {
  const place = at?.line === undefined ? '-' : `${at.line}:${at.column}`;
  return `${place} ${code.replace('catalog/', '')} ${message}`;
}

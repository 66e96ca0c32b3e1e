import { describe, expect, test } from 'vitest';
import { memoryRepository } from '../../test/memory-repository.ts';
import { parseCodeOwners } from './codeowners.ts';
import { readRepository } from './read-repository.ts';
import { fetchedFolders, isSkeleton } from './skeletons.ts';

function system(name: string): string {
  return `apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: ${name}\nspec:\n  owner: platform\n`;
}
function location(name: string, spec: object): string {
  return `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: ${name}\nspec: ${JSON.stringify(spec)}\n`;
}
function api(definition: object): string {
  return `apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: orders }\nspec: ${JSON.stringify({ type: 'openapi', lifecycle: 'x', owner: 'y', definition })}\n`;
}

async function names(files: Record<string, string>, about = {}): Promise<string[]> {
  const { documents } = await readRepository(memoryRepository(files, about));
  return documents.map(
    ({ file, verdict, entity }) => `${file} ${entity?.entity.metadata.name ?? verdict}`,
  );
}

describe('which documents are entities', () => {
  const broad = { catalogFiles: ['**/*.yaml'] };

  test('in a file called catalog-info every document, elsewhere those with an apiVersion of Backstage', async () => {
    const other = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\n';
    const files = {
      'a/catalog-info.yaml': `${system('a')}---\n${other}`,
      'b/all.yaml': `${other}---\n${system('b')}---\njust: data\n`,
      'c/helm.yaml': '{{- if .Values.x }}\nkind: Deployment\n{{ end }}\n',
      'd/broken.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: %x\n',
      'e/flow.yaml': JSON.stringify({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'System',
        metadata: { name: 'e' },
        spec: { owner: 'x' },
      }),
    };

    expect(await names(files, broad)).toEqual([
      'a/catalog-info.yaml a',
      'a/catalog-info.yaml unknown-kind',
      'b/all.yaml b',
      'd/broken.yaml yaml-error',
      'e/flow.yaml e',
    ]);
  });

  test('a file the configuration names whole must hold entities only', async () => {
    expect(
      await names({ 'backstage.yaml': 'just: data\n' }, { catalogFiles: ['backstage.yaml'] }),
    ).toEqual(['backstage.yaml invalid']);
  });

  test('what a template generates is none', async () => {
    const template = `apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: new }\nspec:\n  type: service\n  steps:\n    - action: fetch:template\n      input:\n        url: ./files\n`;
    const files = {
      'new/template.yaml': template,
      'new/files/deep/catalog-info.yaml': system('a'),
      'new/content/catalog-info.yaml': system('b'),
      'content/catalog-info.yaml': system('c'),
      'x/skeleton/catalog-info.yaml': system('d'),
      'x/${{ values.name }}.yaml': system('e'),
      'files/catalog-info.yaml': system('f'),
    };

    expect(await names(files, broad)).toEqual([
      'content/catalog-info.yaml c',
      'files/catalog-info.yaml f',
      'new/template.yaml new',
    ]);
  });

  test('folders a template fetches are those below it', () => {
    const text =
      'apiVersion: scaffolder.backstage.io/v1beta3\n  url: ./a/\n  - url: "b/c"\n  url: ../d\n  url: .\n  url: https://x\n  url: ${{ x }}\n';

    expect(fetchedFolders('t/template.yaml', text)).toEqual(['t/a', 't/b/c']);
    expect(isSkeleton('t/a/x.yaml', new Set(['t/a']), new Set())).toBe(true);
    expect(isSkeleton('t/ab/x.yaml', new Set(['t/a']), new Set())).toBe(false);
    expect(isSkeleton('skeleton/template.yaml', new Set(), new Set())).toBe(false);
  });
});

describe('Locations', () => {
  test('are followed: relative, from the root, by glob, by address of the same repository, and on', async () => {
    const about = { url: 'https://github.com/acme/shop', branch: 'main' };
    const files = {
      'catalog-info.yaml': location('root', {
        target: './org/all.yaml',
        targets: ['/systems/*.yaml', 'https://github.com/acme/shop/blob/main/far/d.yaml'],
      }),
      'org/all.yaml': location('org', {
        targets: ['../org/e.yaml', './gone-*.yaml'],
        presence: 'optional',
      }),
      'org/e.yaml': system('e'),
      'systems/a.yaml': system('a'),
      'systems/b.yaml': system('b'),
      'far/d.yaml': system('d'),
      'never.yaml': system('never'),
    };

    expect(await names(files, about)).toEqual([
      'catalog-info.yaml root',
      'far/d.yaml d',
      'org/all.yaml org',
      'org/e.yaml e',
      'systems/a.yaml a',
      'systems/b.yaml b',
    ]);
  });

  test('a chain of thousands is read to its end', async () => {
    const files: Record<string, string> = {
      'catalog-info.yaml': location('l', { target: './0.yaml' }),
    };
    for (let index = 0; index < 20_000; index++)
      files[`${index}.yaml`] = location(`l${index}`, { target: `./${(index + 1) % 20_000}.yaml` });

    const { documents, problems } = await readRepository(memoryRepository(files));

    expect(documents.length).toBe(20_001);
    expect(problems.map(({ code }) => code)).toEqual(['catalog/location-cycle']);
  });
});

describe('placeholders', () => {
  test('bring in text, JSON and YAML anywhere', async () => {
    const files = {
      'catalog-info.yaml': api({ $text: './api.yaml' }).replace(
        'metadata: { name: orders }',
        'metadata: { name: orders, annotations: { $yaml: a.yaml }, tags: { $json: /tags.json } }',
      ),
      'api.yaml': 'openapi: 3.0.0\n',
      'a.yaml': 'example.com/a: b\n',
      'tags.json': '["java"]',
    };

    const { documents, problems } = await readRepository(memoryRepository(files));

    expect(problems).toEqual([]);
    const { metadata, spec } = documents[0]!.entity!.entity;
    expect(spec?.['definition']).toBe('openapi: 3.0.0\n');
    expect(metadata.tags).toEqual(['java']);
    expect(metadata.annotations?.['example.com/a']).toBe('b');
  });

  test.each([
    ['two documents', { $yaml: './a.yaml' }, 'it must hold exactly one YAML document.'],
    [
      'a list',
      { $text: ['./a.yaml'] },
      'The $text at `spec.definition` names no file, expected a path as text.',
    ],
  ])('%s are refused', async (_name, definition, message) => {
    const files = { 'catalog-info.yaml': api(definition), 'a.yaml': 'a: 1\n---\nb: 2\n' };

    const { problems } = await readRepository(memoryRepository(files));

    expect(problems.map((problem) => problem.message)).toEqual([expect.stringContaining(message)]);
  });

  test('an object of more keys, or of an unknown one, is data', async () => {
    const files = {
      'catalog-info.yaml': system('a').replace(
        'spec:',
        'spec:\n  x: { $text: a, b: 1 }\n  y: { $other: a }',
      ),
    };

    const { documents } = await readRepository(memoryRepository(files));

    expect(documents[0]?.entity?.entity.spec).toMatchObject({
      x: { $text: 'a', b: 1 },
      y: { $other: 'a' },
    });
  });
});

test('a file that cannot be read loses no other', async () => {
  const files = { 'a.yaml': '', 'b.yaml': system('b') };
  const repository = memoryRepository(files, { catalogFiles: ['*.yaml'] });
  const read = repository.read.bind(repository);
  repository.read = async (path, maxBytes) => {
    if (path === 'a.yaml') throw new Error('`a.yaml` cannot be read: permission denied.');
    return read(path, maxBytes);
  };

  const { documents, problems } = await readRepository(repository);

  expect(documents.map(({ file }) => file)).toEqual(['b.yaml']);
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['catalog/file-unreadable', '`a.yaml` cannot be read: permission denied.'],
  ]);
});

test('an invalid entity without an owner goes to whom CODEOWNERS names', async () => {
  const files = {
    'catalog-info.yaml': system('a').replace('  owner: platform', '  type: product'),
    CODEOWNERS: '* @acme/Platform\n',
  };

  const { problems } = await readRepository(memoryRepository(files));

  expect(problems.map(({ message, owner }) => [message, owner])).toEqual([
    ['Missing `spec.owner`, expected text.', 'group:default/platform'],
  ]);
});

test.each([
  ['*', 'a/b.yaml', true],
  ['*.yaml', 'a/b.yaml', true],
  ['*.js', 'a/b.yaml', false],
  ['/a/', 'a/b.yaml', true],
  ['b/', 'a/b/c.yaml', true],
  ['/b/', 'a/b/c.yaml', false],
  ['docs/*', 'docs/a.yaml', true],
  ['docs/*', 'docs/a/b.yaml', false],
  ['docs/**', 'docs/a/b.yaml', true],
  ['**/x', 'a/x/b.yaml', true],
  ['/a/b.yaml', 'a/b.yaml', true],
  ['a/b', 'c/a/b', false],
])('the CODEOWNERS pattern %s on %s: %s', (pattern, path, isMatch) => {
  expect(parseCodeOwners(`${pattern} @acme/team # note`)(path)).toEqual(
    isMatch ? [{ organization: 'acme', name: 'team' }] : [],
  );
});

test('the last rule of CODEOWNERS wins, also when it names nobody', () => {
  const owners = parseCodeOwners('# all\n* @a ada@example.com @acme/b\n[Section]\n/x @c\n/x/y\n');

  expect(owners('z')).toEqual([{ name: 'a' }, { organization: 'acme', name: 'b' }]);
  expect(owners('x/a')).toEqual([{ name: 'c' }]);
  expect(owners('x/y')).toEqual([]);
});

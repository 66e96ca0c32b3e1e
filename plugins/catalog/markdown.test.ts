import { expect, test } from 'vitest';
import type { Portal } from '../types.ts';
import { markdownFiles } from './markdown.ts';
import model from './model.ts';
import type { CollectedEntity } from './schema.ts';

function collected(name: string, metadata: object, spec: Record<string, unknown>): CollectedEntity {
  return {
    ref: `component:default/${name}`,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace: 'default', ...metadata },
      spec,
    },
    origin: { source: 's', repository: 'acme/x', file: 'catalog-info.yaml', line: 1, column: 1 },
    raw: '',
  };
}

function twinsOf(...entities: CollectedEntity[]): Map<string, string> {
  const catalog = model({ data: { entities, repositories: [] } });
  const portal = {
    model: () => catalog,
    problems: [],
    factsFor: () => [],
    eventsFor: () => [],
    href: (path: string) => `/portal${path}`,
  } as unknown as Portal;
  return new Map([...markdownFiles(catalog, portal)].map(({ path, body }) => [path, String(body)]));
}

test('names stay text and links end where they should', () => {
  const twins = twinsOf(
    collected(
      'a',
      {
        title: 'A [x](javascript:1) <b>*',
        links: [{ url: 'https://x.example/a(b) c', title: 'Two\nlines]' }],
      },
      { type: 'service' },
    ),
  );

  expect(twins.get('/catalog/default/component/a/index.md')).toMatchInlineSnapshot(`
    "# A \\[x\\](javascript:1) \\<b\\>\\*

    \`component:default/a\`, Component, service

    - Owner: nobody is said to own it
    - Source: acme/x, catalog-info.yaml
    - Data: [JSON](/portal/api/catalog/entities/by-name/component/default/a.json), [page](/portal/catalog/default/component/a/)

    ## Links

    - [Two lines\\]](https://x.example/a%28b%29%20c)
    "
  `);
});

test('a relation to what does not exist is named, not linked; all addresses are below the base', () => {
  const twins = twinsOf(
    collected('a', {}, { dependsOn: ['component:b', 'component:gone'] }),
    collected('b', {}, {}),
  );
  const text = twins.get('/catalog/default/component/a/index.md');

  expect(text).toContain(
    '- [b](/portal/catalog/default/component/b/index.md) (`component:default/b`)\n- gone (`component:default/gone`, not in the catalog)',
  );
  expect(twins.get('/catalog/all/component/index.md')).toBe(
    '# Components\n\n- [a](/portal/catalog/default/component/a/index.md)\n- [b](/portal/catalog/default/component/b/index.md)\n',
  );
});

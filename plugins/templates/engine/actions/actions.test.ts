import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';

import { executableMode, linkMode } from '../index.ts';
import type { Skeleton } from '../test-kit.ts';
import { render, run, texts } from '../test-kit.ts';

describe('fetch:template', () => {
  test.each<[string, Skeleton, object, Record<string, unknown>, Record<string, string>]>([
    ['renders content', { a: 'Hi ${{ values.name }}' }, { name: 'Ada' }, {}, { a: 'Hi Ada' }],
    ['renders names', { '${{ values.name }}/x.ts': '' }, { name: 'api' }, {}, { 'api/x.ts': '' }],
    [
      'leaves out what is named empty',
      { '{% if values.ci %}ci.yml{% endif %}': 'x', b: '' },
      {},
      {},
      { b: '' },
    ],
    [
      'leaves out what is in a folder named empty',
      { '{% if values.ci %}ci{% endif %}/x': 'x', 'a/{% if values.ci %}b{% endif %}/x': '' },
      {},
      {},
      {},
    ],
    [
      'keeps that when it is wanted',
      { '{% if values.ci %}ci.yml{% endif %}': 'x' },
      { ci: true },
      {},
      { 'ci.yml': 'x' },
    ],
    ['into a folder', { a: '' }, {}, { targetPath: './out' }, { 'out/a': '' }],
    [
      'copies without templating, paths rendered',
      { '.github/${{ values.n }}.yml': '${{ github.sha }}', r: '${{ values.n }}' },
      { n: 'ci' },
      { copyWithoutTemplating: ['.github'] },
      { '.github/ci.yml': '${{ github.sha }}', r: 'ci' },
    ],
    [
      'reads globs in copyWithoutTemplating',
      { 'a/b.txt': '${{ 1 }}', 'c.txt': '${{ 1 }}' },
      {},
      { copyWithoutTemplating: ['a/*.txt'] },
      { 'a/b.txt': '${{ 1 }}', 'c.txt': '1' },
    ],
    [
      'ignores copyWithoutRender',
      { 'a.txt': '${{ 1 }}' },
      {},
      { copyWithoutRender: ['a.txt'] },
      { 'a.txt': '1' },
    ],
    [
      'renders only .njk',
      { 'a.txt.njk': '${{ values.n }}', 'b-${{ values.n }}.txt': '${{ values.n }}' },
      { n: 1 },
      { templateFileExtension: true },
      { 'a.txt': '1', 'b-1.txt': '${{ values.n }}' },
    ],
    [
      'renders another extension',
      { 'a.tmpl': '${{ values.n }}' },
      { n: 1 },
      { templateFileExtension: 'tmpl' },
      { a: '1' },
    ],
    [
      'reads cookiecutter',
      { a: '{{ cookiecutter.n }} ${{ x }}' },
      { n: 1 },
      { cookiecutterCompat: true },
      { a: '1 $' },
    ],
    [
      'trims blocks',
      { a: '{% if true %}\nx\n{% endif %}\n' },
      {},
      { trimBlocks: true },
      { a: 'x\n' },
    ],
    [
      'strips in front of blocks',
      { a: '  {% if true %}x{% endif %}' },
      {},
      { lstripBlocks: true },
      { a: 'x' },
    ],
    [
      'runs replaceAll',
      { a: "${{ values.n.replaceAll('a.', '-').replaceAll(r/z$/g, '!') }} x.replaceAll('a', 'b')" },
      { n: 'a.a.abz' },
      {},
      { a: "--ab! x.replaceAll('a', 'b')" },
    ],
    [
      'keeps raw',
      { a: '{% raw %}${{ values.n }}{% endraw %}' },
      { n: 1 },
      {},
      { a: '${{ values.n }}' },
    ],
    [
      'runs loops, macros and set',
      {
        a: '{% macro m(x) %}<${{ x }}>{% endmacro %}{% set y = 2 %}{% for i in values.l %}${{ m(i) }}{% endfor %}${{ y }}',
      },
      { l: [1, 2] },
      {},
      { a: '<1><2>2' },
    ],
  ])('%s', async (_name, skeleton, values, input, expected) => {
    const result = await render(skeleton, values, input);

    expect(result.error).toBeUndefined();
    expect(texts(result)).toEqual(expected);
  });

  test('keeps modes, links and bytes of binaries', async () => {
    const binary = new Uint8Array([
      0x89,
      0x50,
      0x4e,
      0x47,
      0,
      1,
      2,
      ...new TextEncoder().encode('${{ values.n }}'),
    ]);

    const { workspace } = await render(
      {
        'run.sh': { content: 'echo ${{ values.n }}', mode: executableMode },
        'logo.png': binary,
        'docs/latest': { content: '../run.sh', mode: linkMode },
      },
      { n: 1 },
    );

    expect(workspace.get('run.sh')!.mode).toBe(executableMode);
    expect(workspace.get('logo.png')!.content).toEqual(binary);
    expect(workspace.get('docs/latest')!.mode).toBe(linkMode);
  });

  test('keeps files that exist unless told to replace them', async () => {
    const write = {
      id: 'w',
      action: 'roadiehq:utils:fs:write',
      input: { path: 'a', content: 'old' },
    };
    function fetch(replace: boolean) {
      return {
        id: 'f',
        action: 'fetch:template',
        input: { url: './skeleton', replace },
      };
    }
    const skeleton = { a: 'new' };

    expect(texts(await run([write, fetch(false)], { skeleton }))).toEqual({ a: 'old' });
    expect(texts(await run([write, fetch(true)], { skeleton }))).toEqual({ a: 'new' });
  });

  test('points at variables without a value', async () => {
    const result = await render(
      {
        'a.md':
          'x\n  ${{ values.name }} ${{ values.ownr }} ${{ values.later or "x" }} {% raw %}${{ values.no }}{% endraw %}',
      },
      { name: 'a', owner: 'b' },
    );

    expect(result.unresolved).toEqual([{ file: 'a.md', line: 2, column: 26, name: 'values.ownr' }]);
  });

  test.each([
    ['syntax', { 'a.txt': 'x\n${{ values. }}' }, {}, 'a.txt:2:'],
    ['include', { a: '{% include "b" %}', b: '' }, {}, 'a:1:'],
    [
      'options that exclude each other',
      { a: '' },
      { templateFileExtension: true, copyWithoutTemplating: ['x'] },
      'templateFileExtension cannot be combined with copyWithoutTemplating or cookiecutterCompat',
    ],
    [
      'a missing skeleton',
      {},
      { url: './nowhere' },
      'The skeleton ./nowhere is not here, expected a folder beside the template or in a repository this portal reads',
    ],
  ])('names what is wrong: %s', async (_name, skeleton, input, message) => {
    const result = await render(skeleton, {}, input);

    expect(result.steps[0]!.reason).toContain(message);
  });
});

test('fetch:plain copies, fetch:plain:file and fetch:template:file take one file', async () => {
  const result = await run(
    [
      { id: 'a', action: 'fetch:plain', input: { url: './skeleton', targetPath: 'all' } },
      {
        id: 'b',
        action: 'fetch:plain:file',
        input: { url: './skeleton/x.txt', targetPath: 'one.txt' },
      },
      {
        id: 'c',
        action: 'fetch:template:file',
        input: { url: './skeleton/x.txt', targetPath: 'two.txt', values: { n: 1 } },
      },
      {
        id: 'd',
        action: 'workspace:template',
        input: { sourcePath: 'all', targetPath: 'rendered', values: { n: 2 } },
      },
    ],
    { skeleton: { 'x.txt': '${{ values.n }}' } },
  );

  expect(texts(result)).toEqual({
    'all/x.txt': '${{ values.n }}',
    'one.txt': '${{ values.n }}',
    'rendered/x.txt': '2',
    'two.txt': '1',
  });
});

test('fs actions delete, move and list', async () => {
  const result = await run(
    [
      { id: 'f', action: 'fetch:plain', input: { url: './skeleton' } },
      { id: 'd', action: 'fs:delete', input: { files: ['tmp', '*.log'] } },
      { id: 'r', action: 'fs:rename', input: { files: [{ from: 'src', to: 'lib' }] } },
      { id: 'l', action: 'fs:readdir', input: { paths: ['.'], recursive: false } },
    ],
    {
      skeleton: { 'tmp/a': '', 'x.log': '', 'src/deep/a.ts': 'a', keep: '' },
      output: { files: '${{ steps.l.output.files }}', folders: '${{ steps.l.output.folders }}' },
    },
  );

  expect(Object.keys(texts(result))).toEqual(['keep', 'lib/deep/a.ts']);
  expect(result.output).toEqual({
    files: [{ name: 'keep', path: 'keep', fullPath: 'keep' }],
    folders: [{ name: 'lib', path: 'lib', fullPath: 'lib' }],
  });
});

test('catalog actions read and write entities', async () => {
  const result = await run(
    [
      { id: 'e', action: 'catalog:fetch', input: { entityRef: 'group:Payments' } },
      { id: 'n', action: 'catalog:fetch', input: { entityRefs: ['group:none'], optional: true } },
      {
        id: 'w',
        action: 'catalog:write',
        input: {
          entity: {
            kind: 'Component',
            metadata: { name: 'x' },
            spec: { owner: '${{ steps.e.output.entity.metadata.name }}' },
          },
        },
      },
    ],
    {
      templateRef: 'template:default/service',
      entity: (ref) =>
        ref === 'group:default/payments'
          ? { kind: 'Group', metadata: { name: 'payments' } }
          : undefined,
      output: { none: '${{ steps.n.output.entities }}' },
    },
  );

  expect(texts(result)).toEqual({
    'catalog-info.yaml':
      'kind: Component\nmetadata:\n  name: x\n  annotations:\n    backstage.io/source-template: template:default/service\nspec:\n  owner: payments\n',
  });
  expect(result.output).toEqual({ none: [null] });
});

describe('roadiehq:utils', () => {
  function step(action: string, input: object, id = 's') {
    return {
      id,
      action: `roadiehq:utils:${action}`,
      input,
    };
  }
  const skeleton = {
    'a.json': '{"list":[1],"deep":{"x":1}}',
    'a.yaml': '# top\nlist: [1] # why\ndeep:\n  x: 1\n',
    'two.yaml': 'kind: A\nx: 1\n---\nkind: B\nx: 1\n',
    'b.txt': 'one one',
  };
  const fetch = { id: 'f', action: 'fetch:plain', input: { url: './skeleton' } };

  test.each<[string, ReturnType<typeof step>, string, string]>([
    [
      'merge json',
      step('merge', { path: 'a.json', content: { list: [2], deep: { y: 2 } } }),
      'a.json',
      '{\n  "list": [\n    2\n  ],\n  "deep": {\n    "x": 1,\n    "y": 2\n  }\n}',
    ],
    [
      'merge lists',
      step('json:merge', { path: 'a.json', content: '{"list":[1,2]}', mergeArrays: true }),
      'a.json',
      '{\n  "list": [\n    1,\n    2\n  ],\n  "deep": {\n    "x": 1\n  }\n}',
    ],
    [
      'merge yaml',
      step('merge', { path: 'a.yaml', content: { deep: { y: 2 } } }),
      'a.yaml',
      'list:\n  - 1\ndeep:\n  x: 1\n  y: 2\n',
    ],
    [
      'merge yaml with comments',
      step('merge', { path: 'a.yaml', content: { deep: { y: 2 } }, preserveYamlComments: true }),
      'a.yaml',
      '# top\nlist: [ 1 ] # why\ndeep:\n  x: 1\n  y: 2\n',
    ],
    [
      'merge one document',
      step('merge', {
        path: 'two.yaml',
        content: { x: 2 },
        useDocumentIncludingField: { key: 'kind', value: 'B' },
      }),
      'two.yaml',
      'kind: A\nx: 1\n---\nkind: B\nx: 2\n',
    ],
    ['append', step('fs:append', { path: 'b.txt', content: '!' }), 'b.txt', 'one one!'],
    [
      'replace',
      step('fs:replace', { files: [{ file: '*.txt', find: 'one', replaceWith: 'two' }] }),
      'b.txt',
      'two two',
    ],
    [
      'replace a pattern',
      step('fs:replace', {
        files: [{ file: 'b.txt', find: 'o.e$', replaceWith: 'end', matchRegex: true }],
      }),
      'b.txt',
      'one end',
    ],
    [
      'write laid out',
      step('fs:write', { path: 'n.json', content: '{"a":1}', preserveFormatting: true }),
      'n.json',
      '{\n  "a": 1\n}',
    ],
  ])('%s', async (_name, roadie, path, expected) => {
    const result = await run([fetch, roadie], { skeleton });

    expect(result.error).toBeUndefined();
    expect(texts(result)[path]).toBe(expected);
  });

  test.each<[string, ReturnType<typeof step>, string, unknown]>([
    [
      'parse yaml',
      step('fs:parse', { path: 'a.yaml', parser: 'yaml' }),
      'content',
      { list: [1], deep: { x: 1 } },
    ],
    [
      'parse several',
      step('fs:parse', { path: 'two.yaml', parser: 'multiyaml' }),
      'content',
      [
        { kind: 'A', x: 1 },
        { kind: 'B', x: 1 },
      ],
    ],
    ['parse nothing', step('fs:parse', { path: 'b.txt' }), 'content', 'one one'],
    ['serialize yaml', step('serialize:yaml', { data: { a: [1] } }), 'serialized', 'a:\n  - 1\n'],
    ['jsonata', step('jsonata', { data: { a: [1, 2] }, expression: '$sum(a)' }), 'result', 3],
    [
      'jsonata of a file',
      step('jsonata:json:transform', { path: 'a.json', expression: 'deep.x' }),
      'result',
      '1',
    ],
    [
      'jsonata of yaml',
      step('jsonata:yaml:transform', { path: 'a.yaml', expression: 'deep', as: 'object' }),
      'result',
      { x: 1 },
    ],
  ])('%s', async (_name, roadie, name, expected) => {
    const result = await run([fetch, roadie], {
      skeleton,
      output: { got: `\${{ steps.s.output.${name} }}` },
    });

    expect(result.error).toBeUndefined();
    expect(result.output['got']).toEqual(expected);
  });

  test('zip packs the same bytes each time', async () => {
    function pack() {
      return run([fetch, step('zip', { path: '.', outputPath: 'all.zip' })], { skeleton });
    }

    const [first, second] = [await pack(), await pack()];

    expect(Object.keys(unzipSync(first.workspace.get('all.zip')!.content))).toEqual([
      'a.json',
      'a.yaml',
      'b.txt',
      'two.yaml',
    ]);
    expect(first.workspace.get('all.zip')!.content).toEqual(
      second.workspace.get('all.zip')!.content,
    );
  });
});

import { expect, test } from 'vitest';

import { run } from './test-kit.ts';
import { unresolvedIn } from './unresolved.ts';

const context = { values: { name: 'api' } };

test.each<[string, string, string[]]>([
  ['a value that is there', '${{ values.name }}', []],
  ['one that is not', 'a\n  ${{ values.team }}', ['2:7 values.team']],
  ['one with a default', '${{ values.team | default("x") }}', []],
  ['one in a block that asks for it', '{% if values.team %}${{ values.team }}{% endif %}', []],
  [
    'one in a block that asks for another',
    '{% if values.name %}${{ values.team }}{% endif %}',
    ['1:25 values.team'],
  ],
  [
    'one after the block',
    '{% if values.team %}{% endif %}${{ values.team }}',
    ['1:36 values.team'],
  ],
  ['one in raw text', '{% raw %}${{ values.team }}{% endraw %}', []],
])('%s', (_name, source, expected) => {
  expect(
    unresolvedIn(source, 'f', context).map(({ line, column, name }) => `${line}:${column} ${name}`),
  ).toEqual(expected);
});

test('a parameter handed on as a whole is not missed, one inside a text is', async () => {
  const step = { id: 'log', action: 'debug:log' };
  const { unresolved } = await run([
    { ...step, input: { message: '${{ parameters.team }}' } },
    { ...step, id: 'text', input: { message: 'for ${{ parameters.team }}' } },
  ]);

  expect(unresolved.map(({ file, name }) => `${file} ${name}`)).toEqual([
    'step text parameters.team',
  ]);
});

/** What people who may merge to one of many repositories can put into a template, and what comes of it. */
import { expect, test } from 'vitest';

import { linkMode } from './index.ts';
import type { RunResult } from './index.ts';
import type { Skeleton } from './test-kit.ts';
import { render, run, texts } from './test-kit.ts';

function link(content: string) {
  return { content, mode: linkMode };
}
function write(path: string, content = 'x') {
  return {
    id: 'w',
    action: 'roadiehq:utils:fs:write',
    input: { path, content },
  };
}
function move(from: string, to: string) {
  return {
    id: 'm',
    action: 'fs:rename',
    input: { files: [{ from, to, overwrite: true }] },
  };
}
function fetched(targetPath: string) {
  return {
    id: 'f',
    action: 'fetch:plain',
    input: { url: './skeleton', targetPath },
  };
}

interface Case {
  what: string;
  steps?: unknown[];
  skeleton?: Skeleton;
  values?: unknown;
  limits?: object;
  /** Part of the failure; absent when the attack just leads nowhere. */
  fails?: string;
  files?: Record<string, string>;
}

const cases: Case[] = [
  {
    what: 'a rendered name climbs out',
    skeleton: { '${{ values.n }}': 'x' },
    values: { n: '../../etc/cron.d/x' },
    fails: 'it leaves the workspace',
  },
  {
    what: 'a rendered name is absolute',
    skeleton: { '${{ values.n }}': 'x' },
    values: { n: '/etc/passwd' },
    files: {},
  },
  {
    what: 'a rendered name holds a zero byte',
    skeleton: { '${{ values.n }}': 'x' },
    values: { n: 'a\u0000b' },
    fails: 'a control character',
  },
  {
    what: 'a rendered name holds a newline',
    skeleton: { '${{ values.n }}': 'x' },
    values: { n: 'a\nb' },
    fails: 'a control character',
  },
  {
    what: 'a rendered name holds a backslash',
    skeleton: { '${{ values.n }}': 'x' },
    values: { n: '..\\..\\x' },
    fails: 'a backslash',
  },
  {
    what: 'a name is a drive',
    skeleton: { '${{ values.n }}': 'x' },
    values: { n: 'C:x' },
    fails: 'it names a drive',
  },
  {
    what: 'targetPath climbs out',
    steps: [fetched('a/../../b')],
    skeleton: { a: '' },
    fails: 'it leaves the workspace',
  },
  {
    what: 'targetPath is absolute',
    steps: [fetched('/tmp')],
    skeleton: { a: '' },
    fails: 'it is absolute',
  },
  {
    what: 'a hook of git',
    steps: [write('.git/hooks/post-checkout')],
    fails: '.git belongs to git',
  },
  {
    what: 'a hook of git in other letters',
    steps: [write('sub/.GIT/config')],
    fails: '.git belongs to git',
  },
  {
    what: 'a move climbs out',
    steps: [write('a'), move('a', '../a')],
    fails: 'it leaves the workspace',
  },
  {
    what: 'a move into itself',
    steps: [write('a/b'), move('a', 'a/c')],
    fails: 'Cannot move a into itself',
  },
  {
    what: 'a deletion climbs out',
    steps: [{ id: 'd', action: 'fs:delete', input: { files: ['../*'] } }],
    fails: 'it leaves the workspace',
  },
  {
    what: 'a listing climbs out',
    steps: [{ id: 'l', action: 'fs:readdir', input: { paths: ['..'] } }],
    fails: 'it leaves the workspace',
  },
  {
    what: 'a parsed file climbs out',
    steps: [{ id: 'p', action: 'roadiehq:utils:fs:parse', input: { path: '../../.env' } }],
    fails: 'it leaves the workspace',
  },
  { what: 'a link to outside', skeleton: { a: link('../../etc/passwd'), b: '' }, files: { b: '' } },
  { what: 'an absolute link', skeleton: { a: link('/etc/passwd'), b: '' }, files: { b: '' } },
  {
    what: 'a chain of links',
    skeleton: { 'a/up': link('..'), 'b/x': link('../a/up/../../y') },
    files: { 'a/up': '..' },
  },
  {
    what: 'writing through a link',
    steps: [fetched('.'), write('dir/x')],
    skeleton: { dir: link('other'), 'other/y': '' },
    fails: 'dir is a link',
  },
  {
    what: 'reading through a link',
    steps: [fetched('.'), { id: 'p', action: 'roadiehq:utils:fs:parse', input: { path: 'l' } }],
    skeleton: { l: link('a'), a: 'secret' },
    fails: 'l is a link',
  },
  {
    what: 'a link moved to where it leaves',
    steps: [fetched('.'), move('a/l', 'l')],
    skeleton: { 'a/l': link('../b'), b: '' },
    fails: 'its target leaves the workspace',
  },
  {
    what: 'too many files',
    steps: [{ ...write('${{ each.value }}'), each: ['a', 'b', 'c'] }],
    limits: { files: 2 },
    fails: 'More than 2 files',
  },
  {
    what: 'a file too large',
    skeleton: { a: 'x'.repeat(100) },
    limits: { fileBytes: 50 },
    fails: 'expected at most 50',
  },
  {
    what: 'too much of everything',
    skeleton: { a: 'x'.repeat(40), b: 'x'.repeat(40) },
    limits: { bytes: 50 },
    fails: 'holds more than 50 bytes',
  },
  { what: 'a path too deep', steps: [write('a/'.repeat(40) + 'x')], fails: 'too long or too deep' },
  {
    what: 'too many steps',
    steps: Array.from({ length: 101 }, () => write('a')),
    fails: '101 steps, expected at most 100',
  },
  {
    what: 'an endless each',
    steps: [{ ...write('a'), each: Array.from({ length: 1_001 }, () => 1) }],
    fails: 'expected at most 1000',
  },
  {
    what: 'an endless loop',
    skeleton: {
      a: '{% for i in range(0, 100000) %}{% for j in range(0, 100000) %}x{% endfor %}{% endfor %}',
    },
    fails: 'a:1:',
  },
  {
    what: 'a recursion without end',
    skeleton: { a: '{% macro f() %}${{ f() }}{% endmacro %}${{ f() }}' },
    fails: 'a:1:',
  },
  {
    what: 'output that multiplies',
    skeleton: {
      a: '{% set x = "x" %}{% for i in range(0, 40) %}{% set x = x + x %}{% endfor %}${{ x }}',
    },
    fails: 'a:1:',
  },
  {
    what: 'the constructor of a value',
    skeleton: { a: '${{ values.n.constructor.constructor("return process")() }}' },
    values: { n: 'x' },
    fails: 'a:1:',
  },
  {
    what: 'the prototype of a function',
    skeleton: { a: '[${{ range.__proto__ }}][${{ values.__proto__ }}]' },
    values: {},
    fails: 'a:1:',
  },
  {
    what: 'the process and its environment',
    skeleton: { a: '[${{ process }}${{ global }}${{ globalThis }}${{ require }}${{ env }}]' },
    files: { a: '[]' },
  },
  { what: 'a file of the host', skeleton: { a: '{% include "/etc/passwd" %}' }, fails: 'a:1:' },
  { what: 'an import', skeleton: { a: '{% import "/etc/passwd" as p %}' }, fails: 'a:1:' },
  {
    what: 'a value that is a prototype',
    steps: [
      {
        id: 'f',
        action: 'fetch:template',
        input: JSON.parse('{"url":"./skeleton","values":{"__proto__":{"polluted":1}}}') as object,
      },
    ],
    skeleton: { a: '[${{ values.polluted }}]' },
    files: { a: '[]' },
  },
  {
    what: 'merging into a prototype',
    steps: [
      write('a.json', '{}'),
      {
        id: 'm',
        action: 'roadiehq:utils:json:merge',
        input: { path: 'a.json', content: '{"__proto__":{"polluted":1}}' },
      },
    ],
    files: { 'a.json': '{}' },
  },
  {
    what: 'a YAML bomb',
    steps: [
      write(
        'a.yaml',
        `a: &a [x,x]\n${'bcdefghijk'
          .split('')
          .map((c, i) => `${c}: &${c} [${`*${'abcdefghijk'[i]},`.repeat(9)}]`)
          .join('\n')}`,
      ),
      { id: 'p', action: 'roadiehq:utils:fs:parse', input: { path: 'a.yaml', parser: 'yaml' } },
    ],
    fails: 'alias',
  },
  {
    what: 'values that are templates again',
    skeleton: { a: '${{ values.n }}' },
    values: { n: '{{ 7 }}{% raw %}' },
    files: { a: '{{ 7 }}{% raw %}' },
  },
  {
    what: 'a skeleton on another host',
    steps: [{ id: 'f', action: 'fetch:template', input: { url: 'http://169.254.169.254/latest' } }],
    fails: 'is not here',
  },
];

test.each(cases.map((each) => [each.what, each] as const))(
  '%s',
  async (_what, { steps, skeleton = {}, values = {}, limits = {}, fails, files }) => {
    const result: RunResult = steps
      ? await run(steps, { skeleton, limits })
      : await render(skeleton, values, {}, { limits });

    if (fails === undefined) expect(result.error).toBeUndefined();
    else expect(result.error).toContain(fails);
    if (files) expect(texts(result)).toEqual(files);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  },
);

test('there are enough of them', () => {
  expect(cases.length).toBeGreaterThanOrEqual(30);
});

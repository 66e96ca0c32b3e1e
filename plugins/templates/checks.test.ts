import { expect, test } from 'vitest';

import changelogs from '../_template/plugin.ts';
import type { AnyPlugin, ProblemInput, Repository } from '../types.ts';
import { templateProblems } from './checks.ts';

function repositoryOf(files: Record<string, string>): Repository {
  return {
    source: 'local',
    id: 'acme/templates',
    owner: 'acme',
    name: 'templates',
    asOf: '',
    catalogFiles: [],
    find: (globs) =>
      Promise.resolve(
        Object.keys(files).filter((path) =>
          globs.some((glob) => path === glob || path.startsWith(glob.replace('**/*', ''))),
        ),
      ),
    read: (path) => Promise.resolve(path in files ? new TextEncoder().encode(files[path]) : null),
  };
}

async function problemsOf(
  spec: string,
  files: Record<string, string> = {},
  plugins: readonly AnyPlugin[] | 'unknown' = [],
): Promise<string[]> {
  const head =
    'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata:\n  name: service\n';
  const problems = await templateProblems(
    `${head}${spec}`,
    'template.yaml',
    repositoryOf(files),
    plugins === 'unknown' ? undefined : plugins,
  );
  return problems.map(shown);
}

function shown({ code, message, hint, at }: ProblemInput): string {
  return `${at?.file}:${at?.line}:${at?.column} ${code.replace('templates/', '')}: ${message}${hint ? ` (${hint})` : ''}`;
}

function step(body: string) {
  return `spec:\n  type: service\n  steps:\n    - id: a\n      action: debug:log\n${body}`;
}

test.each<[string, string, string[]]>([
  ['no spec', '', ['template.yaml:1:1 invalid: spec is missing, expected an object']],
  [
    'no type and no steps',
    'spec: {}\n',
    [
      'template.yaml:5:7 invalid: spec.type is missing, expected a text such as service',
      'template.yaml:5:7 invalid: spec.steps is missing, expected a list of steps',
    ],
  ],
  [
    'a step without action',
    'spec:\n  type: x\n  steps:\n    - id: a\n',
    ['template.yaml:8:7 invalid: Step 1 has no action, expected the name of one'],
  ],
  [
    'one id twice',
    step('    - id: a\n      action: debug:log\n'),
    ['template.yaml:10:11 duplicate-step: The id a is taken by an earlier step'],
  ],
  [
    'an unknown action',
    step('    - id: b\n      action: github:publish\n'),
    [
      'template.yaml:11:15 unknown-action: Unknown action github:publish, expected one this portal provides',
    ],
  ],
  [
    'a near miss',
    step('    - id: b\n      action: get:template\n'),
    [
      'template.yaml:11:15 unknown-action: Unknown action get:template, expected one this portal provides (Did you mean fetch:template or workspace:template?)',
    ],
  ],
  [
    'a step that is not there',
    step('      input:\n        message: ${{ steps.x.output.y }}\n'),
    [
      'template.yaml:11:18 unknown-step: steps.x.output.y leads nowhere: there is no such step, expected one of the earlier steps',
    ],
  ],
  [
    'a step that runs later',
    `spec:\n  type: x\n  steps:\n    - id: a\n      action: debug:log\n      input: { message: "\${{ steps.b.output.entity }}" }\n    - { id: b, action: "catalog:fetch" }\n`,
    [
      'template.yaml:10:25 unknown-step: steps.b.output.entity leads nowhere: that step runs later, expected one of the earlier steps',
    ],
  ],
  [
    'an output that is not there',
    `spec:\n  type: x\n  steps:\n    - { id: b, action: "catalog:fetch" }\n  output:\n    text: \${{ steps['b'].output.nope }}\n`,
    [
      'template.yaml:10:11 unknown-output: steps.b.output.nope leads nowhere: catalog:fetch has no output nope (Its outputs: entity, entities)',
    ],
  ],
  [
    'parameters undefined and unused',
    `spec:\n  type: x\n  parameters:\n    properties:\n      name: { type: string }\n      size: { type: string }\n    dependencies:\n      name: { oneOf: [{ properties: { extra: { type: string } } }] }\n  steps:\n    - id: a\n      action: debug:log\n      input: { message: "\${{ parameters.nam }} \${{ parameters.extra }}" }\n`,
    [
      'template.yaml:16:25 undefined-parameter: parameters.nam is never asked for, expected a parameter of the form',
      'template.yaml:10:13 unused-parameter: Nothing reads the parameter size',
    ],
  ],
  [
    'a skeleton that is not there',
    step('    - id: f\n      action: fetch:template\n      input: { url: ./nope }\n'),
    [
      'template.yaml:12:21 missing-skeleton: The skeleton ./nope is not there, expected a folder relative to template.yaml',
    ],
  ],
  [
    'an ignored input',
    step(
      '    - id: f\n      action: fetch:template\n      input: { url: ./skeleton, copyWithoutRender: [a] }\n',
    ),
    [
      'template.yaml:12:52 ignored-input: copyWithoutRender is ignored, expected copyWithoutTemplating',
    ],
  ],
])('%s', async (_name, spec, expected) => {
  expect(await problemsOf(spec, { 'skeleton/a': '' })).toEqual(expected);
});

test('actions of plugins are known, with their outputs', async () => {
  const spec = `spec:\n  type: x\n  steps:\n    - { id: s, action: "changelogs:start" }\n    - { id: t, action: "changelogs:stop" }\n  output:\n    text: \${{ steps.s.output.versoin }}\n`;

  expect(await problemsOf(spec, {}, [changelogs])).toEqual([
    'template.yaml:9:24 unknown-action: Unknown action changelogs:stop, expected one this portal provides (Did you mean changelogs:start?)',
    'template.yaml:11:11 unknown-output: steps.s.output.versoin leads nowhere: changelogs:start has no output versoin (Its outputs: version)',
  ]);
});

test('without a configuration an action may be one of a plugin, but not a typo of ours', async () => {
  const spec = step(
    '    - { id: b, action: "acme:ticket" }\n    - { id: c, action: "fetch:templat" }\n',
  );

  expect((await problemsOf(spec, {}, 'unknown')).map((each) => each.split(' (')[0])).toEqual([
    'template.yaml:11:24 unknown-action: Unknown action fetch:templat, expected one this portal provides',
  ]);
});

test('values a skeleton reads and is not given, once each, where they are read', async () => {
  const spec = step(
    '    - id: f\n      action: fetch:template\n      input: { url: ./skeleton, values: { name: x } }\n',
  );

  const problems = await problemsOf(spec, {
    'skeleton/a.md': '# ${{ values.name }}\n${{ values.ownr }} ${{ values.ownr }}\n',
  });

  expect(problems).toEqual([
    'skeleton/a.md:2:5 undefined-value: values.ownr is read by a.md and not passed by step f',
  ]);
});

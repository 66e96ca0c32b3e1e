import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { failureText } from '../commands/report.ts';
import { actionsWith } from '../engine/index.ts';
import type { RunResult } from '../engine/index.ts';
import { run as runSteps } from '../engine/test-kit.ts';
import { catalogPlaceOf, discoveredBy, type DiscoveringSource } from './discovery.ts';
import { publishingHandlers } from './index.ts';
import { withTarget } from './location-file.ts';
import type { Registration } from './register.ts';
import { startStandIn, type StandIn } from './stand-in.ts';

const address = 'https://github.com/acme/checkout/blob/main/catalog-info.yaml';

function source(rest: Partial<DiscoveringSource> = {}): DiscoveringSource {
  const own = { id: 'github:acme', host: 'github.com', account: 'acme' };
  return { ...own, isPicky: false, catalogPaths: ['catalog-info.yaml'], ...rest };
}

describe('a source that finds it by itself', () => {
  test.each<[string, Partial<DiscoveringSource>, boolean]>([
    ['reads its organisation', {}, true],
    ['writes its name in other letters', { account: 'ACME' }, true],
    ['reads whatever installed its App', { account: undefined }, true],
    ['reads another organisation', { account: 'other' }, false],
    ['reads another host', { host: 'github.acme.example' }, false],
    ['reads names like it', { names: 'check.*' }, true],
    ['reads names like a part of it', { names: 'check' }, false],
    ['looks at topics', { isPicky: true }, false],
    ['reads other files', { catalogPaths: ['services/*/catalog-info.yaml'] }, false],
    ['reads files by a glob', { catalogPaths: ['**/catalog-info.{yaml,yml}'] }, true],
  ])('%s', (_name, rest, isFound) => {
    const found = discoveredBy([source(rest)], catalogPlaceOf(address)!);

    expect(found !== undefined).toBe(isFound);
  });

  test.each(['', 'catalog-info.yaml', 'https://github.com/acme', 'https://github.com/acme/x'])(
    '%j names no file',
    (each) => expect(catalogPlaceOf(each)).toBeUndefined(),
  );
});

function location(targets: string): string {
  return `# ours\nkind: Location\nmetadata: { name: all } # keep\nspec:\n  targets:\n${targets}`;
}

test.each<[string, string, string | undefined]>([
  ['a list', location('    - ./a.yaml # why\n'), location('    - ./a.yaml # why\n    - NEW\n')],
  [
    'a list without a newline at its end',
    location('    - ./a.yaml'),
    location('    - ./a.yaml\n    - NEW\n'),
  ],
  [
    'a list with more after it',
    `${location('  - a\n')}---\nkind: Group\n`,
    `${location('  - a\n  - NEW\n')}---\nkind: Group\n`,
  ],
  ['a target that is there', location('    - "NEW"\n'), undefined],
])('a Location with %s', (_name, before, after) => {
  expect(withTarget(before, 'NEW', 'f')).toBe(after);
});

test.each([
  ['nothing', '', ''],
  ['another entity', 'kind: Component # x\n', 'kind: Component # x\n---\n'],
  [
    'a list in one line',
    'kind: Location\nspec: { targets: [a] }\n',
    'kind: Location\nspec: { targets: [a] }\n---\n',
  ],
])('a file with %s gets a Location of its own', (_name, before, start) => {
  const after = withTarget(before, 'NEW', 'f')!;

  expect(after.startsWith(`${start}apiVersion: backstage.io/v1alpha1\nkind: Location\n`)).toBe(
    true,
  );
  expect(after.endsWith('spec:\n  targets:\n    - NEW\n')).toBe(true);
  expect(withTarget(after, 'NEW', 'f')).toBeUndefined();
});

test('a file that is not YAML is left alone', () => {
  expect(() => withTarget('a: [', 'NEW', 'acme/portal/all.yaml')).toThrow(
    'Cannot add to acme/portal/all.yaml: it is not YAML',
  );
});

describe('a pull request', () => {
  let github: StandIn;
  const file = { owner: 'acme', repo: 'portal', path: 'catalog-info.yaml' };
  const elsewhere: Registration = { sources: [source({ account: 'other' })], file };
  const write = {
    id: 'write',
    action: 'catalog:write',
    input: { entity: { kind: 'Component', metadata: { name: 'checkout' } } },
  };

  beforeEach(async () => {
    github = await startStandIn();
    github.addRepo('acme/portal');
    github.commit('acme/portal', 'main', { 'catalog-info.yaml': location('    - a\n'), b: 'b' });
  });

  afterEach(() => github.close());

  function run(registration: Registration, input: object = {}, token = 'x'): Promise<RunResult> {
    const settings = { token, apiUrl: github.url, spacesWrites: false };
    const register = {
      id: 'register',
      action: 'catalog:register',
      input: { catalogInfoUrl: address, ...input },
    };
    return runSteps([write, register], {
      actions: actionsWith(publishingHandlers(token === '' ? undefined : settings, registration)),
    });
  }

  test('adds the file to the Location, and leaves the rest', async () => {
    const { error, steps, log } = await run(elsewhere);

    expect(error).toBeUndefined();
    expect(github.repos.get('acme/portal')!.pulls).toMatchObject([
      {
        head: 'register-component-default-checkout',
        base: 'main',
        title: 'Register component:default/checkout',
      },
    ]);
    expect(github.files('acme/portal', 'register-component-default-checkout')).toEqual({
      'b 100644': 'b',
      'catalog-info.yaml 100644': location(`    - a\n    - ${address}\n`),
    });
    expect(steps[1]!.effects.map(({ undo }) => undo)).toEqual([
      'gh api -X DELETE repos/acme/portal/git/refs/heads/register-component-default-checkout',
      'gh pr close https://github.com/acme/portal/pull/1 --delete-branch',
    ]);
    expect(log.at(-1)!.message).toBe(
      'component:default/checkout appears in the portal once https://github.com/acme/portal/pull/1 is merged',
    );
  });

  test('is opened once, and not for what is registered', async () => {
    await run(elsewhere);
    const again = await run(elsewhere);
    github.commit('acme/portal', 'main', { 'catalog-info.yaml': location(`    - ${address}\n`) });
    const merged = await run(elsewhere);

    expect(github.repos.get('acme/portal')!.pulls).toHaveLength(1);
    expect(again.log.at(-1)!.message).toContain('is open already');
    expect(merged.log.at(-1)!.message).toBe(
      'component:default/checkout is registered in acme/portal/catalog-info.yaml already',
    );
  });

  test('goes on after one that could not be opened', async () => {
    github.fault = (method, path) =>
      method === 'POST' && path.endsWith('/pulls')
        ? { status: 403, body: { message: 'Resource not accessible' } }
        : undefined;
    const broken = await run(elsewhere);
    github.fault = undefined;

    expect(failureText(broken)).toContain('the token lacks a permission');
    expect(failureText(broken)).toContain('pushed the branch register-component-default-checkout');
    expect((await run(elsewhere)).state).toBe('done');
  });

  test('is not needed where a source finds it', async () => {
    const { log } = await run({ ...elsewhere, sources: [source()] });

    expect(github.requests).toEqual([]);
    expect(log.at(-1)!.message).toContain('after its next collect: github:acme finds it');
  });

  test.each<[string, Registration, string, string]>([
    ['no file is named', { ...elsewhere, file: undefined }, 'x', 'Set plugins.templates.register'],
    ['there is no token', elsewhere, '', 'Set GITHUB_TOKEN'],
    ['nothing reads GitHub', { sources: [], file }, 'x', 'a Location would not help'],
  ])(
    'when %s the run fails, or warns where it is optional',
    async (_name, registration, token, what) => {
      const failed = await run(registration, {}, token);
      const optional = await run(registration, { optional: true }, token);

      expect(failed.error).toContain(what);
      expect(optional.state).toBe('done');
      expect(optional.log.at(-1)).toMatchObject({ level: 'warn' });
      expect(github.requests).toEqual([]);
    },
  );
});

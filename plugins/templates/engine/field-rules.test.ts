import { expect, test } from 'vitest';

import { fieldProblem } from './field-rules.ts';
import type { Json, JsonObject } from './types.ts';

const own = { allowedOwners: ['acme', 'shop'], allowedHosts: ['github.com'] };

test.each<[string, Json, JsonObject, string | undefined]>([
  ['EntityNamePicker', 'payments-fx', {}, undefined],
  ['EntityNamePicker', '-x', {}, 'must be at most 63'],
  ['EntityNamePicker', 'x'.repeat(64), {}, 'must be at most 63'],
  ['EntityTagsPicker', ['go', 'c++', 'a:b-c'], {}, undefined],
  ['EntityTagsPicker', ['Go'], {}, 'must be tags'],
  ['RepoUrlPicker', 'github.com?owner=Acme&repo=x', own, undefined],
  [
    'RepoUrlPicker',
    'github.com?owner=evil&repo=x',
    own,
    'must not name evil, expected one of acme, shop',
  ],
  ['RepoUrlPicker', 'evil.example?owner=acme&repo=x', own, 'must not name evil.example'],
  ['RepoUrlPicker', 'github.com?owner=acme', own, 'repo is missing'],
  ['RepoUrlPicker', 'github.com?owner=acme&repo=x', { allowedRepos: ['y'] }, 'must not name x'],
  ['Other', 'anything', {}, undefined],
])('%s %j', (field, value, options, problem) => {
  const found = fieldProblem(field, value, options);

  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(problem);
});

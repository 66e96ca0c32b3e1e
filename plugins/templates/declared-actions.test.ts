import { expect, test } from 'vitest';

import changelogs from '../_template/plugin.ts';
import type { AnyPlugin } from '../types.ts';
import { declaredActions, describedActions } from './declared-actions.ts';

function pluginWith(id: string): AnyPlugin {
  return {
    ...changelogs,
    name: 'acme',
    templateActions: [{ ...changelogs.templateActions![0]!, id }],
  };
}

test('pages get what an action is, not what it does', () => {
  const [action] = describedActions([changelogs]);

  expect(Object.keys(action!)).toEqual(['id', 'description', 'input', 'output', 'supportsDryRun']);
  expect(JSON.parse(JSON.stringify(action))).toEqual(action);
});

test.each([
  ['one of ours', [pluginWith('fetch:template')], 'Callboard', 'acme:template'],
  [
    'one of another plugin',
    [changelogs, pluginWith('changelogs:start')],
    'changelogs',
    'acme:start',
  ],
])('the name of %s is taken', (_name, plugins, owner, other) => {
  expect(() => declaredActions(plugins)).toThrow(
    `which ${owner} has already: give it a name of its own, such as ${other}`,
  );
});

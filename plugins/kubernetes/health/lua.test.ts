import { afterAll, describe, expect, test } from 'vitest';

import { LuaRules, ruleOf } from './lua.ts';
import { argoRules } from './rule-folders.ts';

const object = {
  apiVersion: 'acme.io/v1',
  kind: 'Database',
  metadata: { name: 'ledger' },
  status: { phase: 'Ready', parts: null },
};

async function run(source: string): Promise<unknown> {
  const rules = new LuaRules([ruleOf('acme.io/Database', source)]);
  const verdict = await rules.judge(object);
  rules.close();
  return verdict;
}

describe('a rule', () => {
  test('reads the object and gives a status and a message', async () => {
    expect(
      await run(
        "return { status = 'Healthy', message = obj.metadata.name .. ' ' .. obj.status.phase }",
      ),
    ).toEqual({
      status: 'Healthy',
      message: 'ledger Ready',
      rule: 'lua:acme.io/Database',
    });
  });

  test.each([
    ['endless loops', 'while true do end', /timeout/i],
    [
      'catching the time limit',
      'while true do pcall(function() while true do end end) end',
      /pcall/,
    ],
    ['hoarding memory', "local text = 'x' while true do text = text .. text end", /memory/],
    ['huge texts', "return { status = ('x'):rep(1e9) }", /too long/],
    ['files', "return io.open('/etc/passwd')", /io/],
    ['processes', "return os.execute('id')", /execute/],
    ['the environment', "return os.getenv('HOME')", /getenv/],
    ['code', "return load('return 1')()", /load/],
    ['modules', "return require('io')", /cannot load io/],
    ['words of its own', "return { status = 'Great' }", /answers Great/],
  ])('is stopped from %s', async (_, source, message) => {
    expect(await run(source)).toMatchObject({
      status: 'Unknown',
      reason: 'RuleFailed',
      message: expect.stringMatching(message) as string,
    });
  });

  test('leaves nothing behind for the next', async () => {
    const rules = new LuaRules([
      ruleOf('acme.io/Database', "leak = 'yes' return { status = 'Healthy' }"),
      ruleOf('acme.io/Queue', "return { status = leak and 'Degraded' or 'Healthy' }"),
    ]);

    await rules.judge(object);

    expect(await rules.judge({ ...object, kind: 'Queue' })).toMatchObject({ status: 'Healthy' });
  });

  test('that runs away is given up after three objects, and the others go on', async () => {
    const rules = new LuaRules([
      ruleOf('acme.io/Database', 'while true do end'),
      ruleOf('acme.io/Queue', "return { status = 'Healthy' }"),
    ]);

    for (let count = 0; count < 3; count++) await rules.judge(object);

    expect(await rules.judge(object)).toMatchObject({
      message: 'Its rule acme.io/Database takes too long',
    });
    expect(await rules.judge({ ...object, kind: 'Queue' })).toMatchObject({ status: 'Healthy' });
  });
});

describe("Argo CD's rules", async () => {
  const rules = await LuaRules.load([argoRules]);
  afterAll(() => rules.close());

  test('are all there', () => {
    expect(rules.size).toBe(241);
  });

  test('are found by kind, the exact one before one with a wildcard', async () => {
    const provider = {
      apiVersion: 'pkg.crossplane.io/v1',
      kind: 'Provider',
      metadata: { name: 'aws' },
    };

    expect(await rules.judge(provider)).toMatchObject({ rule: 'lua:pkg.crossplane.io/Provider' });
    expect(await rules.judge({ ...provider, kind: 'Lock' })).toMatchObject({
      rule: 'lua:_.crossplane.io/_',
    });
    expect(await rules.judge(object)).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';

import { actionsWith } from './index.ts';
import { run } from './test-kit.ts';

function log(id: string, message: unknown, rest: object = {}) {
  return {
    id,
    action: 'debug:log',
    input: { message },
    ...rest,
  };
}
function serialize(data: unknown, rest: object = {}) {
  return {
    id: 's',
    action: 'roadiehq:utils:serialize:json',
    input: { data },
    ...rest,
  };
}

describe('values', () => {
  test.each([
    ['a number', '${{ parameters.port }}', '8080'],
    ['a list', '${{ parameters.tags }}', '["a","b"]'],
    ['an object', '${{ parameters.owner }}', '{"name":"payments"}'],
    ['a boolean', '${{ parameters.isPublic }}', 'false'],
    ['text around it', 'port ${{ parameters.port }}', '"port 8080"'],
    [
      'parseRepoUrl',
      '${{ parameters.repoUrl | parseRepoUrl }}',
      '{"owner":"acme","repo":"checkout","host":"github.com"}',
    ],
    ['pick', '${{ parameters.repoUrl | parseRepoUrl | pick("repo") }}', '"checkout"'],
    ['projectSlug', '${{ parameters.repoUrl | projectSlug }}', '"acme/checkout"'],
    [
      'parseEntityRef',
      '${{ parameters.ref | parseEntityRef }}',
      '{"kind":"group","namespace":"default","name":"payments"}',
    ],
    [
      'defaults of parseEntityRef',
      '${{ "payments" | parseEntityRef({ defaultKind: "Group", defaultNamespace: "eu" }) }}',
      '{"kind":"Group","namespace":"eu","name":"payments"}',
    ],
    ['a filter of Nunjucks', '${{ parameters.tags | join("-") }}', '"a-b"'],
    ['what cannot be parsed, as written', '${{ parameters.', '"${{ parameters."'],
    [
      'an unknown filter, as written',
      '${{ parameters.port | nope }}',
      '"${{ parameters.port | nope }}"',
    ],
    ['user', '${{ user.ref }}', '"user:default/ada"'],
  ])('render %s', async (_name, data, expected) => {
    const result = await run([serialize({ data })], {
      parameters: {
        port: 8080,
        tags: ['a', 'b'],
        owner: { name: 'payments' },
        isPublic: false,
        repoUrl: 'github.com?owner=acme&repo=checkout',
        ref: 'group:payments',
      },
      user: { ref: 'user:default/ada' },
      output: { text: '${{ steps.s.output.serialized }}' },
    });

    expect(result.output).toEqual({ text: `{"data":${expected}}` });
  });

  test('without a value leave their key out', async () => {
    const result = await run([serialize({ kept: 1, gone: '${{ parameters.missing }}' })], {
      output: { made: '${{ steps.s.output.serialized }}' },
    });

    expect(result.output).toEqual({ made: '{"kept":1}' });
  });
});

describe('if', () => {
  test.each([
    [undefined, 'done'],
    [true, 'done'],
    [false, 'skipped'],
    ['${{ parameters.yes }}', 'done'],
    ['${{ parameters.no }}', 'skipped'],
    ['${{ parameters.missing }}', 'skipped'],
    ['${{ parameters.empty }}', 'skipped'],
    ['${{ parameters.list }}', 'skipped'],
    ['${{ parameters.zero }}', 'skipped'],
    ['${{ parameters.nothing }}', 'skipped'],
    ['${{ parameters.yes and not parameters.no }}', 'done'],
    ['false', 'done'],
    ['${{ always() }}', 'done'],
    ['${{ failure() }}', 'skipped'],
  ])('%s makes the step %s', async (condition, state) => {
    const result = await run([log('greet', 'hello', { if: condition })], {
      parameters: { yes: true, no: false, empty: '', list: [], zero: 0, nothing: null },
    });

    expect(result.steps[0]!.state).toBe(state);
  });

  test('always() and failure() run after a failure, others do not', async () => {
    const result = await run([
      { id: 'break', action: 'fs:rename', input: { files: [{ from: 'a', to: 'b' }] } },
      log('plain', 'x'),
      log('truthy', 'x', { if: '${{ true }}' }),
      log('cleanup', 'x', { if: '${{ always() }}' }),
      log('report', 'x', { if: '${{ failure() }}' }),
    ]);

    expect(result.steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'break failed',
      'plain skipped',
      'truthy skipped',
      'cleanup done',
      'report done',
    ]);
    expect(result.error).toBe(
      'Step break (fs:rename) failed: Cannot move a: it does not exist in the workspace',
    );
  });
});

describe('each', () => {
  test('runs once per element and collects outputs', async () => {
    const result = await run(
      [
        serialize(
          { name: '${{ each.value }}', at: '${{ each.key }}' },
          { each: '${{ parameters.names }}' },
        ),
      ],
      {
        parameters: { names: ['api', 'web'] },
        output: { all: '${{ steps.s.output.serialized }}' },
      },
    );

    expect(result.output).toEqual({ all: ['{"name":"api","at":"0"}', '{"name":"web","at":"1"}'] });
  });

  test('reads an object and checks the condition per element', async () => {
    const result = await run(
      [
        serialize('${{ each }}', {
          each: { a: 1, b: 2 },
          if: '${{ each.value > 1 }}',
          input: { data: '${{ each }}' },
        }),
      ],
      { output: { all: '${{ steps.s.output.serialized }}' } },
    );

    expect(result.output).toEqual({ all: ['{"key":"b","value":2}'] });
  });

  test.each([
    ['text', 'abc', 'each of debug:log is "abc", expected a list or an object'],
    [
      'nothing',
      '${{ parameters.missing }}',
      'each of debug:log is null, expected a list or an object',
    ],
  ])('refuses %s', async (_name, each, message) => {
    const result = await run([log('l', 'x', { each })]);

    expect(result.steps[0]!.reason).toBe(message);
  });
});

describe('before the first step', () => {
  test('an unknown action stops the run by name', async () => {
    const result = await run([log('first', 'x'), { id: 'send', action: 'acme:send', input: {} }]);

    expect(result.error).toBe(
      'Unknown action acme:send (step send): nothing was run. Add a plugin that provides it, or remove the step',
    );
    expect(result.steps.map(({ state }) => state)).toEqual(['skipped', 'skipped']);
  });

  test.each([
    ['fetch:templat', 'Did you mean fetch:template? '],
    ['github:publish:pull-request', 'Did you mean publish:github:pull-request? '],
  ])('%s is told what it may be meant as', async (action, hint) => {
    const { error } = await run([{ id: 'x', action, input: {} }]);

    expect(error).toContain(`nothing was run. ${hint}Otherwise add a plugin`);
  });

  test('an action that cannot run here stops it too', async () => {
    const result = await run([
      { id: 'publish', action: 'publish:github', input: { repoUrl: 'x' } },
    ]);

    expect(result.error).toBe(
      'The action publish:github (step publish) cannot run here: nothing was run',
    );
  });

  test('input that does not fit is refused before any round runs', async () => {
    const result = await run([
      {
        id: 'w',
        action: 'roadiehq:utils:fs:write',
        each: ['a', 2],
        input: { path: '${{ each.value }}', content: 'x' },
      },
    ]);

    expect(result.steps[0]!.reason).toBe(
      'Unexpected input of roadiehq:utils:fs:write[1]: path is the number 2, expected string',
    );
    expect(result.workspace.paths()).toEqual([]);
  });
});

describe('dry run', () => {
  test('skips what reaches outside, gives example outputs and masks secrets', async () => {
    const result = await run(
      [
        {
          id: 'publish',
          action: 'publish:github',
          input: { repoUrl: 'github.com?owner=a&repo=b' },
        },
        log('say', '${{ secrets.token }} ${{ steps.publish.output.remoteUrl }}'),
      ],
      { isDryRun: true, secrets: { token: 'hunter22' } },
    );

    expect(result.steps.map(({ state }) => state)).toEqual(['dry', 'done']);
    expect(result.log.at(-1)!.message).toBe('*** <example>');
  });

  test('passes unknown actions only when allowed', async () => {
    const steps = [{ id: 'x', action: 'acme:x' }];

    expect((await run(steps, { isDryRun: true })).state).toBe('failed');
    expect((await run(steps, { isDryRun: true, allowsUnknownActions: true })).state).toBe('done');
  });
});

test('a real run masks secrets in its log and in its error', async () => {
  const result = await run(
    [log('say', '${{ secrets.token }}'), log('bad', ['${{ secrets.token }}'])],
    {
      secrets: { token: 'hunter22' },
    },
  );

  expect(JSON.stringify(result.log)).not.toContain('hunter22');
  expect(result.error).toBe(
    'Step bad (debug:log) failed: Unexpected input of debug:log: message is a list, expected string',
  );
});

test('output drops links and texts whose condition is false', async () => {
  const result = await run([], {
    parameters: { repo: 'checkout' },
    output: {
      links: [
        { title: 'Repository', url: 'https://github.com/acme/${{ parameters.repo }}' },
        { title: 'Site', url: 'x', if: '${{ parameters.site }}' },
      ],
      text: [{ title: 'Next', content: 'x', if: true }],
    },
  });

  expect(result.output).toEqual({
    links: [{ title: 'Repository', url: 'https://github.com/acme/checkout' }],
    text: [{ title: 'Next', content: 'x' }],
  });
});

test('every action has an id, a description and an input schema of type object', () => {
  for (const [id, action] of actionsWith()) {
    expect(id).toBe(action.id);
    expect(action.description.length).toBeGreaterThan(10);
    expect(action.input.type).toBe('object');
  }
});

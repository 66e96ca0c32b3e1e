import {
  mkdtempSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { JsonObject } from '../engine/index.ts';
import { executableMode, linkMode, regularMode } from '../engine/index.ts';
import { startStandIn, type StandIn } from '../github/stand-in.ts';
import type { TemplatesOptions } from '../schema.ts';
import { createFromEvent } from './create-from-event.ts';
import { loadLocalTemplate, type LoadedTemplate } from './local-template.ts';
import { runInWorker, type NodeRun } from './node-run.ts';
import { fieldsOf, valueOf } from './prompts.ts';
import { failureText } from './report.ts';
import { answersOf, readRequest } from './request.ts';
import { run } from './run-template.ts';
import { compare } from './template.ts';
import { validated } from './values.ts';
import { ensureEmpty, writeFiles } from './write-files.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-create-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text, { mode });
}

const templateText = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  type: service
  parameters:
    required: [name]
    properties:
      name: { type: string, pattern: '^[a-z]+$' }
      token: { type: string, 'ui:field': Secret }
  steps:
    - id: fetch
      action: fetch:template
      input: { url: ./skeleton, values: { name: '\${{ parameters.name }}', token: '\${{ secrets.token }}' } }
`;

const pluginText = `export default {
  sources: [{ type: 'local', root: '.' }],
  extensions: [
    {
      name: 'acme',
      title: 'Acme',
      templateActions: [
        {
          id: 'acme:ticket',
          description: 'Opens a ticket.',
          input: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
          output: { type: 'object', properties: { key: { type: 'string' } } },
          load: async () => ({
            default({ input, workspace, output, log, effect }: any) {
              workspace.write('ticket.txt', input.title + ' for ' + process.env.ACME_USER);
              effect({ did: 'opened ACME-1', undo: 'acme close ACME-1' });
              output('key', 'ACME-1');
              log('Opened ACME-1');
            },
          }),
        },
      ],
    },
  ],
};
`;

describe('an action of a plugin', () => {
  const steps = [
    { id: 'ticket', action: 'acme:ticket', input: { title: 'New ${{ parameters.name }}' } },
    {
      id: 'note',
      action: 'roadiehq:utils:fs:write',
      input: { path: 'key', content: '${{ steps.ticket.output.key }}' },
    },
  ];
  function template(all: JsonObject[]): LoadedTemplate {
    return {
      entity: { metadata: { name: 'service' }, spec: { steps: all } },
      ref: 'template:default/service',
      bundle: { repository: 'local/template', folder: '', repositories: [] },
    };
  }
  function start(all: JsonObject[], isDryRun = false): ReturnType<typeof run> {
    return run(
      template(all),
      { name: 'api' },
      { isDryRun, github: undefined, directory: folder, onLog() {} },
    );
  }

  test('runs with the environment and hands its output on', async () => {
    write('callboard.config.ts', pluginText);
    process.env['ACME_USER'] = 'ada';

    const { error, files } = await start(steps);

    expect(error).toBeUndefined();
    expect(files.map(({ path, content }) => `${path}: ${Buffer.from(content).toString()}`)).toEqual(
      ['key: ACME-1', 'ticket.txt: New api for ada'],
    );
  });

  test('is told of, with how to undo it, when a later step fails', async () => {
    write('callboard.config.ts', pluginText);
    const move = { id: 'move', action: 'fs:rename', input: { files: [{ from: 'a', to: 'b' }] } };

    expect(failureText(await start([...steps, move]))).toContain(
      '- opened ACME-1. To undo: acme close ACME-1',
    );
  });

  test('is left out of a dry run, its output made up', async () => {
    write('callboard.config.ts', pluginText);

    const { steps: reports, files } = await start(steps, true);

    expect(reports.map(({ state }) => state)).toEqual(['dry', 'done']);
    expect(Buffer.from(files[0]!.content).toString()).toBe('<example>');
  });

  test('must be given what its schema asks for', async () => {
    write('callboard.config.ts', pluginText);

    expect((await start([{ id: 't', action: 'acme:ticket' }])).error).toContain('title is missing');
  });

  test('is unknown without its plugin: nothing runs', async () => {
    expect((await start(steps)).error).toContain('Unknown action acme:ticket (step ticket)');
  });
});

test('a secret is taken out of the parameters wherever its field stands', async () => {
  const secret = { type: 'string', 'ui:field': 'Secret' };
  const template: LoadedTemplate = {
    entity: {
      metadata: { name: 'service' },
      spec: {
        parameters: {
          properties: { name: { type: 'string' } },
          dependencies: { name: { properties: { token: secret } } },
        },
        steps: [
          {
            id: 'write',
            action: 'roadiehq:utils:fs:write',
            input: { path: 'a', content: '${{ secrets.token }} ${{ parameters | dump }}' },
          },
        ],
      },
    },
    ref: 'template:default/service',
    bundle: { repository: 'local/template', folder: '', repositories: [] },
  };

  const { files } = await run(
    template,
    { name: 'api', token: 'hunter2' },
    { isDryRun: false, github: undefined, directory: folder, onLog() {} },
  );

  expect(Buffer.from(files[0]!.content).toString()).toBe('hunter2 {"name":"api"}');
});

test('what the form would refuse is refused again', () => {
  const page = {
    properties: {
      repoUrl: {
        type: 'string',
        'ui:field': 'RepoUrlPicker',
        'ui:options': { allowedOwners: ['acme'] },
      },
    },
  };

  expect(validated([page], { repoUrl: 'github.com?owner=evil&repo=x' }).errors).toEqual([
    'repoUrl must not name evil, expected one of acme',
  ]);
  expect(validated([page], { repoUrl: 'github.com?owner=acme&repo=x' }).errors).toEqual([]);
});

describe('a local template', () => {
  test('keeps modes and links of its skeleton, and runs in a worker', async () => {
    write('template.yaml', templateText);
    write('skeleton/run.sh', '#!/bin/sh\necho ${{ values.name }}\n', 0o755);
    symlinkSync('run.sh', join(folder, 'skeleton/latest'));

    const template = loadLocalTemplate(folder);
    const result = await run(
      template,
      { name: 'api' },
      { isDryRun: true, github: undefined, directory: folder, onLog() {} },
    );
    writeFiles(join(folder, 'out'), result.files);

    expect(result.files.map(({ path, mode }) => [path, mode])).toEqual([
      ['latest', linkMode],
      ['run.sh', executableMode],
    ]);
    expect(readFileSync(join(folder, 'out/latest'), 'utf8')).toBe('#!/bin/sh\necho api\n');
    expect(statSync(join(folder, 'out/run.sh')).mode & 0o111).not.toBe(0);
    expect(() => ensureEmpty(join(folder, 'out'))).toThrow('is not empty. Nothing was changed.');
  });

  test('what is missing or broken is a failure of usage', () => {
    write('broken/template.yaml', 'a: b: c');

    expect(() => loadLocalTemplate(join(folder, 'nowhere'))).toThrow('There is no template at');
    expect(() => loadLocalTemplate(join(folder, 'broken'))).toThrow('cannot be read: Not YAML');
  });

  test('its expected files are compared by name, content and mode', () => {
    write('expected/a', 'one\ntwo');
    write('expected/b', '');

    const made = [
      { path: 'a', mode: executableMode, content: Buffer.from('one\ntwo') },
      { path: 'c', mode: regularMode, content: Buffer.from('') },
    ];

    expect(compare(join(folder, 'expected'), made)).toEqual([
      'b is expected and was not made',
      'a differs in being executable',
      'c was made and is not expected',
    ]);
  });
});

test('a rendering that does not end is ended, and says which step it was', async () => {
  const steps = [
    { id: 'fine', name: 'fine', action: 'debug:log', input: { message: 'x' } },
    {
      id: 'endless',
      name: 'endless',
      action: 'debug:log',
      input: { message: `\${{ "${'a'.repeat(40)}!" | replace(r/^(a+)+$/, "") }}` },
    },
  ];
  const job: NodeRun = {
    spec: { steps },
    parameters: {},
    secrets: {},
    bundle: { repository: 'x', folder: '', repositories: [] },
    isDryRun: true,
    templateRef: 'template:default/x',
    user: undefined,
    entities: {},
    github: undefined,
  };

  const result = await runInWorker(job, { patience: 1_500 });

  expect(result.error).toBe(
    'Step endless (debug:log) failed: rendering did not end within 1.5 seconds',
  );
  expect(result.steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'fine done',
    'endless failed',
  ]);
});

describe('values', () => {
  const page: JsonObject = {
    required: ['name', 'size'],
    properties: {
      name: { type: 'string', pattern: '^[a-z]+$' },
      size: { enum: ['s', 'm'], default: 's' },
    },
  };

  test.each<[JsonObject, string[]]>([
    [{ name: 'api' }, []],
    [{}, ['name is missing']],
    [{ name: 'Api' }, ['name must match pattern "^[a-z]+$"']],
    [{ name: 'api', size: 'xl' }, ['size is not one of s, m']],
    [{ name: 'api', sise: 's' }, ['sise is not asked for by this template']],
  ])('%j', (values, errors) => {
    expect(validated([page], values).errors).toEqual(errors);
  });

  test('defaults are filled in', () => {
    expect(validated([page], { name: 'api' }).values).toEqual({ name: 'api', size: 's' });
  });

  test('answers decide which fields follow', () => {
    const schema: JsonObject = {
      properties: { cloud: { type: 'boolean' } },
      dependencies: {
        cloud: { oneOf: [{ properties: { cloud: { const: true }, region: { type: 'string' } } }] },
      },
      if: { properties: { cloud: { const: true } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { zone: {} } },
      else: { properties: { rack: {} } },
    };

    expect([...fieldsOf(schema, { cloud: true }).keys()]).toEqual(['cloud', 'region', 'zone']);
    expect([...fieldsOf(schema, { cloud: false }).keys()]).toEqual(['cloud', 'rack']);
  });

  test.each<[string, JsonObject, unknown]>([
    ['yes', { type: 'boolean' }, true],
    ['8080', { type: 'integer' }, 8080],
    ['a, b', { type: 'array' }, ['a', 'b']],
    ['acme/api', { 'ui:field': 'RepoUrlPicker' }, 'github.com?owner=acme&repo=api'],
    ['', { type: 'string' }, undefined],
  ])('the line %j', (line, schema, value) => {
    expect(valueOf(line, schema)).toEqual(value);
  });
});

describe('a request', () => {
  const body =
    '### Template\n\ntemplate:default/go\n\n### Values\n\n```yaml\nname: x\ntext: |\n  ### Heading\n```\n';

  test('is read from an issue or a dispatch', () => {
    expect(readRequest({ issue: { number: 7, body, user: { login: 'ada' } } })).toEqual({
      template: 'template:default/go',
      values: 'name: x\ntext: |\n  ### Heading',
      actor: 'ada',
      issue: 7,
    });
    expect(
      readRequest({ inputs: { template: ' go ', values: 'a: 1' }, sender: { login: 'ada' } }),
    ).toEqual({
      template: 'go',
      values: 'a: 1',
      actor: 'ada',
      issue: undefined,
    });
  });

  test('a value cannot pass for the template', () => {
    expect(answersOf(`${body}\n### Template\n\ntemplate:default/evil\n`)['Template']).toBe(
      'template:default/go',
    );
  });

  test('without a template is refused', () => {
    expect(() => readRequest({ issue: { number: 1, body: null, user: { login: 'ada' } } })).toThrow(
      'names no template',
    );
  });
});

describe('from an event', () => {
  let github: StandIn;
  let comments: string[] = [];
  let closed: unknown;
  let membership = 'active';

  beforeEach(async () => {
    github = await startStandIn();
    comments = [];
    membership = 'active';
    github.fault = (method, path, sent) => {
      if (path.includes('/memberships/'))
        return { status: membership === '' ? 404 : 200, body: { state: membership } };
      if (path.endsWith('/comments')) comments.push(String(sent['body']).split('\n\n[Log')[0]!);
      if (path.endsWith('/issues/7') && method === 'PATCH') closed = sent['state_reason'];
      return path.includes('/issues/7') ? { status: 200, body: {} } : undefined;
    };
    write(
      'content/snapshot/catalog.json',
      snapshot('catalog@1', { entities: [entity()], repositories: [] }),
    );
    write('content/snapshot/templates.json', snapshot('templates@1', { templates: [collected] }));
    write(
      'content/templates/default/service.json',
      JSON.stringify({
        repository: 'acme/templates',
        folder: '',
        repositories: [
          {
            id: 'acme/templates',
            files: [{ path: 'skeleton/a', mode: regularMode, text: '${{ values.name }}' }],
          },
        ],
      }),
    );
  });

  afterEach(() => github.close());

  async function ask(values: string, template = 'service'): Promise<number> {
    const body = `### Template\n\n${template}\n\n### Values\n\n\`\`\`yaml\n${values}\n\`\`\`\n`;
    write('event.json', JSON.stringify({ issue: { number: 7, body, user: { login: 'ada' } } }));
    const options = { allowedTeams: ['acme/engineers'] } as TemplatesOptions;
    return createFromEvent(
      { workingDirectory: folder, options: <T>() => Promise.resolve(options as T) },
      {
        GITHUB_EVENT_PATH: join(folder, 'event.json'),
        GITHUB_TOKEN: 'token',
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: 'acme/portal',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_RUN_ID: '1',
      },
    );
  }

  test('runs, comments and closes', async () => {
    expect(await ask('name: api')).toBe(0);
    expect(comments).toEqual([
      'Creating from `template:default/service` …',
      'Done.\n\n- fetch:template (fetch:template): done',
    ]);
    expect(closed).toBe('completed');
  });

  test.each([
    [
      'somebody else',
      'name: api',
      'service',
      '',
      'ada may not create: expected a member of acme/engineers. Nothing was run.',
    ],
    [
      'a template of nowhere',
      'name: api',
      '../evil',
      'active',
      'There is no template `../evil` in the catalog, so nothing was run.',
    ],
    [
      'a template that is not collected',
      'name: api',
      'other',
      'active',
      'There is no template `other` in the catalog, so nothing was run.',
    ],
    [
      'values that do not fit',
      'name: "$(id)"',
      'service',
      'active',
      'The values do not fit `template:default/service`, so nothing was run:\n- name must match pattern "^\\[a-z\\]+$"',
    ],
    [
      'a secret in an issue',
      'name: api\ntoken: hunter2',
      'service',
      'active',
      '`token` is a secret and must not stand in an issue: revoke it. Nothing was run.',
    ],
  ])('refuses %s', async (_name, values, template, state, message) => {
    membership = state;

    expect(await ask(values, template)).toBe(1);
    expect(comments).toEqual([message]);
    expect(closed).toBe('not_planned');
  });

  const collected = {
    ref: 'template:default/service',
    source: 's',
    bundle: 'default/service.json',
    files: 1,
    bytes: 1,
    missing: [],
  };

  function entity(): object {
    const parameters = {
      required: ['name'],
      properties: {
        name: { type: 'string', pattern: '^[a-z]+$' },
        token: { type: 'string', 'ui:field': 'Secret' },
      },
    };
    const steps = [
      {
        id: 'fetch',
        action: 'fetch:template',
        input: { url: './skeleton', values: { name: '${{ parameters.name }}' } },
      },
    ];
    return {
      ref: 'template:default/service',
      entity: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'service', namespace: 'default' },
        spec: { type: 'service', parameters, steps },
      },
      origin: {
        source: 's',
        repository: 'acme/templates',
        file: 'template.yaml',
        line: 1,
        column: 1,
      },
      raw: '',
    };
  }

  function snapshot(schema: string, data: object): string {
    return JSON.stringify({ schema, data, sources: [], problems: [] });
  }
});

import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanEnvironment } from '../clean-environment.ts';

const root = join(import.meta.dirname, '../..');
const launcher = join(root, 'collectors/callboard.mjs');
const organisation = join(root, 'test/house/fixtures/organisation');

function run(directory: string, ...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...parameters], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...cleanEnvironment(), NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'callboard-cli-'));
}

function folderWithOrganisation(): string {
  const directory = emptyFolder();
  cpSync(organisation, directory, { recursive: true });
  return directory;
}

test.each(['collect', 'build', 'dev', 'preview', 'check', 'config'])(
  'callboard %s --help says what it does',
  (command) => {
    const { status, stdout } = run(root, command, '--help');

    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: callboard ${command}`);
  },
);

describe('wrong use ends with 2', () => {
  test.each([
    [['colect'], "unknown command 'colect'"],
    [['collect', '--srict'], "unknown option '--srict'"],
    [['check', '--format', 'xml'], 'Allowed choices are text, github, json, sarif'],
    [['collect'], 'No callboard.config.ts in'],
    [['build'], 'No callboard.config.ts in'],
  ])('%j', (parameters, message) => {
    const { status, stderr } = run(emptyFolder(), ...parameters);

    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  test('a configuration that is not TypeScript', () => {
    const directory = emptyFolder();
    writeFileSync(join(directory, 'callboard.config.ts'), 'export default {');

    const { status, stderr } = run(directory, 'collect');

    expect(stderr).toContain('callboard.config.ts could not be read');
    expect(status).toBe(2);
  });
});

test('a build without a snapshot ends with 3 and says what to do', () => {
  const { status, stderr } = run(folderWithOrganisation(), 'build');

  expect(stderr).toContain('There is no snapshot in');
  expect(stderr).toContain('Run `callboard collect` first.');
  expect(status).toBe(3);
});

test('sources that do not exist end with 3, and write nothing', () => {
  const directory = emptyFolder();
  writeFileSync(
    join(directory, 'callboard.config.ts'),
    "export default { sources: [{ type: 'local', root: './no' }] };",
  );

  const { status, stderr } = run(directory, 'collect');

  expect(stderr).toContain('Nothing usable could be collected.');
  expect(status).toBe(3);
  expect(existsSync(join(directory, 'content/snapshot'))).toBe(false);
});

test('the JSON Schema of the configuration is printed', () => {
  const { status, stdout } = run(emptyFolder(), 'config', 'schema');

  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'object',
    required: ['sources'],
    additionalProperties: false,
  });
});

describe('an organisation collected and built outside the clone', () => {
  const directory = folderWithOrganisation();
  beforeAll(() => {
    expect(run(directory, 'collect').status).toBe(0);
    expect(run(directory, 'build', '--base', 'portal').status).toBe(0);
  }, 120_000);

  test('every page lives below the base', () => {
    const page = readFileSync(join(directory, 'dist/index.html'), 'utf8');
    const addresses = [...page.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(
      ([, address]) => address!,
    );

    expect(addresses.length).toBeGreaterThan(5);
    expect(addresses.filter((address) => !address.startsWith('/portal/'))).toEqual([]);
  });

  test('the state of the data is published', () => {
    const status = JSON.parse(readFileSync(join(directory, 'dist/api/status.json'), 'utf8'));

    expect(status.sources[0]).toMatchObject({ id: 'local:./repositories', state: 'fresh' });
  });

  test('a snapshot cut short stops the next build with 3 and leaves the portal that is there', () => {
    const copy = emptyFolder();
    cpSync(directory, copy, { recursive: true });
    const snapshot = join(copy, 'content/snapshot/catalog.json');
    writeFileSync(snapshot, readFileSync(snapshot, 'utf8').slice(0, 200));

    const { status, stderr } = run(copy, 'build');

    expect(stderr).toContain(`The snapshot ${snapshot} cannot be used: it is not JSON`);
    expect(status).toBe(3);
    expect(existsSync(join(copy, 'dist/index.html'))).toBe(true);
  });

  test('preview serves it as a static host would', { timeout: 30_000 }, async () => {
    const port = await freePort();
    const server = spawn(process.execPath, [launcher, 'preview', '--port', String(port)], {
      cwd: directory,
    });
    await new Promise((resolve) => server.stdout.once('data', resolve));
    const at = `http://localhost:${port}`;

    expect((await fetch(`${at}/portal/`)).status).toBe(200);
    expect((await fetch(`${at}/portal`)).url).toBe(`${at}/portal/`);
    expect((await fetch(`${at}/portal/problems`)).url).toBe(`${at}/portal/problems/`);
    expect((await fetch(`${at}/portal/nowhere/`)).status).toBe(404);
    expect((await fetch(`${at}/portal/%2e%2e/callboard.config.ts`)).status).toBe(404);
    expect((await fetch(`${at}/portal/%00`)).status).toBe(400);
    server.kill();
  });

  test('two runs at once: the second is refused', () => {
    mkdirSync(join(directory, '.callboard'), { recursive: true });
    writeFileSync(join(directory, '.callboard/collect.lock'), `${process.pid}\n`);

    const { status, stderr } = run(directory, 'collect');

    expect(stderr).toContain(`Another \`callboard collect\` (process ${process.pid}) is at work`);
    expect(status).toBe(2);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

test("a plugin of the organisation's own is bundled, and bundled anew when it is edited", () => {
  const directory = folderWithOrganisation();
  const page = join(directory, 'hello/Hello.astro');
  mkdirSync(join(directory, 'hello'));
  writeFileSync(page, '<p>First words</p>');
  writeFileSync(
    join(directory, 'hello/plugin.ts'),
    "import { definePlugin } from 'callboard';\nexport default definePlugin({ name: 'hello', title: 'Hello', pages: [{ path: '/hello/', title: 'Hello', component: () => import('./Hello.astro') }] });\n",
  );
  writeFileSync(
    join(directory, 'callboard.config.ts'),
    "import hello from './hello/plugin.ts';\nexport default { sources: [{ type: 'local', root: './repositories' }], extensions: [hello] };\n",
  );
  run(directory, 'collect');
  function built(): string {
    expect(run(directory, 'build')).toMatchObject({ status: 0 });
    return readFileSync(join(directory, 'dist/hello/index.html'), 'utf8');
  }

  expect(built()).toContain('First words');
  writeFileSync(page, '<p>Second words</p>');
  expect(built()).toContain('Second words');
}, 120_000);

test('a portal large enough for several processes has every page', () => {
  const directory = folderWithOrganisation();
  const repository = join(directory, 'repositories/large');
  mkdirSync(join(repository, 'docs'), { recursive: true });
  writeFileSync(
    join(repository, 'catalog-info.yaml'),
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: large\n  annotations:\n    backstage.io/techdocs-ref: dir:.\nspec: { type: service, lifecycle: production, owner: platform }\n',
  );
  writeFileSync(join(repository, 'mkdocs.yml'), 'site_name: Large\n');
  for (let page = 0; page < 1_000; page++)
    writeFileSync(join(repository, `docs/page-${page}.md`), `# Page ${page}\n\nWords ${page}.\n`);
  expect(run(directory, 'collect').status).toBe(0);
  expect(run(directory, 'build')).toMatchObject({ status: 0 });

  const missing = Array.from({ length: 1_000 }, (_, page) => page).filter(
    (page) =>
      !readFileSync(
        join(directory, `dist/docs/default/component/large/page-${page}/index.html`),
        'utf8',
      ).includes(`Words ${page}.`),
  );
  expect(missing).toEqual([]);
}, 120_000);

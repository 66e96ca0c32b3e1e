import { expect, test } from 'vitest';
import type { CollectContext, ProblemInput, Repository, TemplateActionContext } from '../types.ts';
import collect from './collect.ts';
import plugin from './plugin.ts';
import { ChangelogsOptions, ChangelogsSnapshot } from './schema.ts';

function repository(name: string, text: string | undefined): Repository {
  return {
    source: 'local:./repositories',
    id: `acme/${name}`,
    owner: 'acme',
    name,
    asOf: '2026-11-23T20:00:00.000Z',
    catalogFiles: [],
    find: async () => [],
    read: async () => (text === undefined ? null : new TextEncoder().encode(text)),
  };
}

function contextOf(
  repositories: Repository[],
  problems: ProblemInput[],
): CollectContext<ChangelogsOptions, ChangelogsSnapshot> {
  return {
    options: ChangelogsOptions.parse({}),
    repositories,
    sources: [{ id: 'github:gone', state: 'failed', asOf: '' }],
    previous: {
      releases: [{ source: 'github:gone', repository: 'gone/tool', title: '0.9', line: 3 }],
    },
    previousProblems: [],
    snapshot: () => undefined,
    report: (problem) => problems.push(problem),
    progress() {},
    folder: '',
    cache: '',
    workingDirectory: '',
    signal: new AbortController().signal,
  };
}

test('the newest entry of each changelog is collected, and that of a failed source kept', async () => {
  const problems: ProblemInput[] = [];
  const repositories = [
    repository('checkout', '# Changes\n\n## 1.42 (2026-11-20)\n\n## 1.41\n'),
    repository('ledger', undefined),
    repository('stock', 'nothing yet'),
  ];

  const { data } = await collect(contextOf(repositories, problems));

  expect(
    data.releases.map((release) => `${release.repository} ${release.title} ${release.line}`),
  ).toEqual(['gone/tool 0.9 3', 'acme/checkout 1.42 (2026-11-20) 3']);
  expect(problems.map((problem) => problem.message)).toEqual([
    'No `## ` heading found, expected one per release.',
  ]);
  expect(plugin.snapshot?.schema.parse(data)).toEqual(data);
});

test('a new repository gets a changelog', async () => {
  const files = new Map<string, string>();
  const outputs: Record<string, unknown> = {};
  const action = plugin.templateActions![0]!;
  const { default: start } = await action.load();
  const context = {
    input: { text: 'A service that answers.' },
    workspace: {
      has: (path: string) => files.has(path),
      write: (path: string, content: string) => files.set(path, content),
    },
    options: ChangelogsOptions.parse({}),
    output: (name: string, value: unknown) => (outputs[name] = value),
    log() {},
  } as unknown as TemplateActionContext;

  await start(context);

  expect(files.get('CHANGELOG.md')).toBe('# Changes\n\n## 0.1.0\n\n- A service that answers.\n');
  expect(outputs).toEqual({ version: '0.1.0' });
  expect(() => start(context)).toThrow('CHANGELOG.md is there already');
});

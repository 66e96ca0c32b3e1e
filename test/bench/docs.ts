/**
 * How fast documentation is built: Callboard beside Hugo and mkdocs-material, over the same generated pages.
 *
 *   npm run bench:docs -- [500,2000,10000] [--no-others] [--keep]
 *
 * Hugo and mkdocs-material come from `apt-get install hugo mkdocs-material`. The search index is left out everywhere.
 * Cold means that nothing of the portal was ever built. The code of the pages is not the portal's: the first build after
 * an installation bundles it, as Hugo is compiled when it is released. How long that takes is measured apart (`bundling`).
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { pagePath, pageText, writeFileIn, writePages } from './docs-corpus.ts';

interface Run {
  seconds: number;
  megabytes: number;
}

interface Tool {
  name: string;
  most: number;
  /** Where the pages go below the tool's folder. */
  pages: string;
  home: string;
  setUp(folder: string): void;
  run(folder: string): Promise<Run>;
}

const engine = resolve(import.meta.dirname, '../..');
const sizes = (
  process.argv[2] && !process.argv[2].startsWith('--') ? process.argv[2] : '500,2000,10000'
)
  .split(',')
  .map(Number);
const flags = process.argv.slice(2);

const tools: Tool[] = [
  {
    name: 'callboard',
    most: Number.POSITIVE_INFINITY,
    pages: 'repositories/handbook/docs',
    home: 'index.md',
    setUp(folder) {
      writeFileIn(
        folder,
        'callboard.config.ts',
        "export default { title: 'Bench', sources: [{ type: 'local', root: './repositories', repositories: '*', owner: 'bench' }] };\n",
      );
      writeFileIn(
        folder,
        'repositories/handbook/catalog-info.yaml',
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: handbook\n  annotations:\n    backstage.io/techdocs-ref: dir:.\nspec:\n  type: documentation\n  lifecycle: production\n  owner: group:default/platform\n',
      );
      writeFileIn(
        folder,
        'repositories/handbook/mkdocs.yml',
        'site_name: Handbook\nplugins:\n  - techdocs-core\n',
      );
    },
    async run(folder) {
      const command = join(engine, 'collectors/callboard.mjs');
      const collected = await measure(['node', command, 'collect', '--quiet'], folder);
      const built = await measure(['node', command, 'build'], folder);
      const search = Number(
        /parts of the index built anew, in ([\d.]+) s/u.exec(built.output)?.[1] ?? 0,
      );
      return {
        seconds: collected.seconds + built.seconds - search,
        megabytes: Math.max(collected.megabytes, built.megabytes),
      };
    },
  },
  {
    name: 'hugo',
    most: Number.POSITIVE_INFINITY,
    pages: 'content',
    // An `index.md` would make the whole tree one bundle without pages of its own.
    home: '_index.md',
    setUp(folder) {
      writeFileIn(
        folder,
        'config.toml',
        'baseURL = "/"\ntitle = "Bench"\ndisableKinds = ["taxonomy", "term", "RSS"]\n[markup.highlight]\nnoClasses = false\n[markup.goldmark.renderer]\nunsafe = true\n',
      );
      const page =
        '<!doctype html><html><head><title>{{ .Title }}</title></head><body><nav>{{ with .CurrentSection }}{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}</nav><main>{{ .Content }}</main><aside>{{ .TableOfContents }}</aside></body></html>\n';
      for (const name of ['single', 'list'])
        writeFileIn(folder, `layouts/_default/${name}.html`, page);
    },
    run: (folder) => measure(['hugo', '--quiet'], folder),
  },
  {
    name: 'mkdocs-material',
    most: 2_000,
    pages: 'docs',
    home: 'index.md',
    setUp: (folder) =>
      writeFileIn(
        folder,
        'mkdocs.yml',
        'site_name: Bench\ntheme:\n  name: material\nplugins: []\nmarkdown_extensions:\n  - admonition\n  - pymdownx.highlight\n  - pymdownx.superfences\n',
      ),
    run: (folder) => measure(['mkdocs', 'build', '--quiet'], folder),
  },
];

const results: Record<string, Record<string, Run>> = {};
const root = mkdtempSync(join(tmpdir(), 'callboard-bench-docs-'));
try {
  const bundling = await timeBundling();
  console.log(`bundling               ${bundling.toFixed(1)} s`);
  for (const total of sizes) await runSize(total);
} finally {
  if (!flags.includes('--keep')) rmSync(root, { recursive: true, force: true });
}
report();

/** The first build after an installation beside a second portal's: the difference is bundling. */
async function timeBundling(): Promise<number> {
  rmSync(join(engine, 'node_modules/.cache/callboard'), { recursive: true, force: true });
  const [callboard] = tools;
  const seconds: number[] = [];
  for (const name of ['first', 'second']) {
    const folder = join(root, name);
    mkdirSync(folder, { recursive: true });
    callboard!.setUp(folder);
    writePages(join(folder, callboard!.pages), 1, callboard!.home);
    seconds.push((await callboard!.run(folder)).seconds);
  }
  return seconds[0]! - seconds[1]!;
}

async function runSize(total: number): Promise<void> {
  for (const tool of tools) {
    if (total > tool.most || (flags.includes('--no-others') && tool.name !== 'callboard')) continue;
    const folder = join(root, `${tool.name}-${total}`);
    mkdirSync(folder, { recursive: true });
    tool.setUp(folder);
    writePages(join(folder, tool.pages), total, tool.home);
    const key = `${tool.name} ${total}`;
    results[key] = { cold: await tool.run(folder) };
    if (tool.name !== 'mkdocs-material') {
      results[key]['unchanged'] = await tool.run(folder);
      const edited = Math.floor(total / 2);
      writeFileIn(join(folder, tool.pages), pagePath(edited), pageText(edited, total, ' Edited.'));
      results[key]['one page'] = await tool.run(folder);
    }
    for (const [what, { seconds, megabytes }] of Object.entries(results[key])) {
      console.log(
        `${key.padEnd(22)} ${what.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s ${Math.round(megabytes)} MB`,
      );
    }
    if (!flags.includes('--keep')) rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command; its wall time, and the most memory any process of it held. */
function measure(command: string[], folder: string): Promise<Run & { output: string }> {
  const started = performance.now();
  const child = spawn(command[0]!, command.slice(1), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let output = '';
  let kilobytes = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const timer = setInterval(() => {
    kilobytes = Math.max(kilobytes, ...familyOf(child.pid!).map(peakOf));
  }, 50);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code !== 0) fail(new Error(`${command.join(' ')} ended with ${code}\n${output}`));
      else
        done({
          seconds: (performance.now() - started) / 1_000,
          megabytes: kilobytes / 1_024,
          output,
        });
    });
  });
}

function familyOf(pid: number): number[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const children = tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
    return [pid, ...children.flatMap(familyOf)];
  } catch {
    return [];
  }
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function report(): void {
  const ours = results['callboard 10000'];
  const theirs = results['hugo 10000'];
  const checks: Record<string, boolean> = {};
  if (ours && theirs) {
    checks['cold at most 5 times Hugo'] = ours['cold']!.seconds <= 5 * theirs['cold']!.seconds;
    checks['one page at most 0.75 times Hugo'] =
      ours['one page']!.seconds <= 0.75 * theirs['one page']!.seconds;
    checks['unchanged at most 0.6 times Hugo'] =
      ours['unchanged']!.seconds <= 0.6 * theirs['unchanged']!.seconds;
  }
  if (ours) checks['under 1 GB'] = Object.values(ours).every(({ megabytes }) => megabytes < 1_024);
  for (const total of [500, 2_000]) {
    const mine = results[`callboard ${total}`]?.['cold'];
    const other = results[`mkdocs-material ${total}`]?.['cold'];
    if (mine && other)
      checks[`faster than mkdocs-material at ${total}`] = mine.seconds < other.seconds;
  }
  const rounded = Object.fromEntries(
    Object.entries(results).map(([key, runs]) => [
      key,
      Object.fromEntries(
        Object.entries(runs).map(([what, { seconds, megabytes }]) => [
          what,
          [Number(seconds.toFixed(1)), Math.round(megabytes)],
        ]),
      ),
    ]),
  );
  console.log(
    `RESULT ${JSON.stringify({ bench: 'docs', unit: ['s', 'MB'], results: rounded, checks, holds: Object.values(checks).every(Boolean) })}`,
  );
}

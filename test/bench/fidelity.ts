/**
 * How faithful pages are: renders every page of a corpus and compares with what Python-Markdown makes of it.
 *
 *   npm run bench:fidelity -- ../shared/corpus [--repo name] [--show page] [--limit n]
 */
import { readFileSync, existsSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

import { readContent } from '../../plugins/docs/markdown/content.ts';
import type { Dialect } from '../../plugins/docs/markdown/dialect.ts';
import { dialectOf, optionsByName, parseYaml } from '../../plugins/docs/sites/mkdocs.ts';
import { countsOf, counted, type Counts } from './fidelity-counts.ts';

interface Row extends Counts {
  repo: string;
  page: string;
  snippet_missing?: boolean;
}

/** Pages whose difference is the oracle's, with the reason. */
const exclusions: {
  name: string;
  reason: string;
  test(differing: readonly string[], row: Row, text: string): boolean;
}[] = [
  {
    name: 'critic in code',
    reason:
      'CriticMarkup is replaced before code is found, so it breaks up code blocks that hold it, e.g. Helm comments.',
    test: (_, row, text) =>
      (row.dele > 0 || row.ins > 0) && /^(?: {4}|.*`).*\{(?:--|\+\+|~~)/mu.test(text),
  },
  {
    name: 'byte order mark',
    reason:
      'The oracle read the mark as text, which hides the heading behind it; MkDocs takes it off.',
    test: (_, _row, text) => text.startsWith('\uFEFF'),
  },
  {
    name: 'icons in headings',
    reason:
      'The oracle had no icon sets and an older emoji list: their names became part of ids and texts.',
    test: (differing, _row, text) =>
      differing.every((each) => ['headings', 'imgs', 'words'].includes(each)) &&
      /^#+ .*:[\w+-]+:/mu.test(text),
  },
  {
    name: 'emoji by their newer names',
    reason:
      'The oracle read emoji by EmojiOne; the names Material and Twemoji use for people were text there.',
    test: (differing, _row, text) =>
      differing.every((each) => ['imgs', 'words'].includes(each)) &&
      /:(?:wo)?man_[a-z_]+:/u.test(text),
  },
  {
    name: 'addresses in headings',
    reason:
      'Python-Markdown writes mail addresses as character codes, and the oracle made ids of the codes.',
    test: (differing, _row, text) =>
      differing.join() === 'headings' && /^#+ .*<?[\w.]+@[\w.]+/mu.test(text),
  },
];

const mostExcluded = 0.04;
const faithfulBar = 0.95;

const [corpus, ...flags] = process.argv.slice(2);
if (!corpus) {
  console.error('Usage: npm run bench:fidelity -- <corpus>');
  process.exit(2);
}
const onlyRepo = flag('--repo');
const show = flag('--show');

const rows = readFileSync(join(corpus, 'docs-oracle/PAGES.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Row);

const marked = rows.filter((row) => row.snippet_missing);
const compared = rows.filter((row) => !row.snippet_missing);
const sites = new Map<string, Site>();
const features = new Map<string, number>();
const byRepository = new Map<string, { pages: number; faithful: number }>();
const examples = new Map<string, string[]>();
let faithful = 0;
let excluded = 0;
let failed = 0;
const started = performance.now();

for (const row of compared) {
  if (onlyRepo && row.repo !== onlyRepo) continue;
  if (show && !row.page.endsWith(show)) continue;
  const file = join(corpus, 'repos', row.repo, row.page);
  const text = readFileSync(file, 'utf8');
  const entry = byRepository.get(row.repo) ?? { pages: 0, faithful: 0 };
  byRepository.set(row.repo, entry);
  const differences = compare(row, text);
  if (
    differences.length > 0 &&
    exclusions.some((rule) =>
      rule.test(
        differences.map((each) => each.split(' ', 1)[0]!),
        row,
        text,
      ),
    )
  ) {
    excluded += 1;
    continue;
  }
  entry.pages += 1;
  if (differences.length === 0) {
    faithful += 1;
    entry.faithful += 1;
  }
  for (const difference of differences) {
    const [feature] = difference.split(' ', 1);
    features.set(feature!, (features.get(feature!) ?? 0) + 1);
    const list = examples.get(feature!) ?? [];
    if (list.length < 12)
      list.push(`${row.repo}/${row.page} ${difference.slice(feature!.length + 1)}`);
    examples.set(feature!, list);
  }
}

report();

function compare(row: Row, text: string): string[] {
  const site = siteOf(row);
  try {
    const { tree } = readContent(asOracleReads(text), {
      dialect: asOracleSpeaks(site.dialect),
      include: includerOf(row, site.bases),
    });
    const counts = countsOf(tree);
    return differencesOf(counts, row);
  } catch (error) {
    failed += 1;
    return [`error ${error instanceof Error ? error.message : String(error)}`];
  }
}

function differencesOf(counts: Counts, row: Row): string[] {
  const differences: string[] = [];
  const ours = counts.headings.map((each) => JSON.stringify(each));
  const theirs = row.headings.map((each) => JSON.stringify([each[0], each[1] ?? '', each[2]]));
  const at = theirs.findIndex((each, index) => each !== ours[index]);
  if (at !== -1 || ours.length !== theirs.length) {
    const index = at === -1 ? theirs.length : at;
    differences.push(`headings ${ours[index] ?? '-'} for ${theirs[index] ?? '-'}`);
  }
  for (const key of counted) {
    if (counts[key] !== row[key]) differences.push(`${key} ${counts[key]} for ${row[key]}`);
  }
  if (Math.abs(counts.words - row.words) > row.words * 0.02) {
    differences.push(`words ${counts.words} for ${row.words}`);
  }
  return differences;
}

/**
 * The oracle read front matter with Python-Markdown's line-based `meta` extension and did not strip it as MkDocs does:
 * it ends at the first line that is neither `key: value` nor indented by four, and what follows is text. We get the same.
 */
function asOracleReads(text: string): string {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  if (/^-{3}(?:\s.*)?$/u.test(lines[0] ?? '')) lines.shift();
  let hasKey = false;
  while (lines.length > 0) {
    const line = lines.shift()!;
    if (line.trim() === '' || /^(?:-{3}|\.{3})(?:\s.*)?$/u.test(line)) break;
    if (/^ {0,3}[A-Za-z0-9_-]+:\s*/u.test(line)) {
      hasKey = true;
    } else if (!hasKey || !/^ {4,}/u.test(line)) {
      lines.unshift(line);
      break;
    }
  }
  return lines.join('\n');
}

/**
 * What the oracle lacked (README of the corpus): `///` blocks, `> [!NOTE]`, Pygments, two-space lists, custom slugs;
 * and Graphviz and PlantUML, whose blocks it read as text.
 */
function asOracleSpeaks(dialect: Dialect): Dialect {
  return {
    ...dialect,
    features: dialect.features.filter(
      (name) => !['alerts', 'slash-blocks', 'includes', 'diagram-blocks'].includes(name),
    ),
    listIndent: 4,
    fenceOptions: false,
    slugs: 'ascii',
  };
}

interface Site {
  dialect: Dialect;
  bases: string[];
}

function siteOf(row: Row): Site {
  const root = resolve(corpus!, 'repos', row.repo);
  let folder = dirname(join(root, row.page));
  while (folder.startsWith(root)) {
    for (const name of ['mkdocs.yml', 'mkdocs.yaml']) {
      if (existsSync(join(folder, name))) return readSite(join(folder, name), folder, root);
    }
    folder = dirname(folder);
  }
  return { dialect: dialectOf({}), bases: [root] };
}

function readSite(file: string, folder: string, root: string): Site {
  const known = sites.get(file);
  if (known) return known;
  const { data } = parseYaml(readFileSync(file, 'utf8'));
  const snippets = optionsByName(data['markdown_extensions']).get('pymdownx.snippets');
  const base = [snippets?.['base_path'] ?? []].flat().map(String);
  const bases = [...base, String(data['docs_dir'] ?? 'docs'), '.'].map((each) =>
    join(folder, each),
  );
  const site = { dialect: dialectOf(data), bases: [...bases, root] };
  sites.set(file, site);
  return site;
}

function includerOf(row: Row, bases: readonly string[]) {
  const root = resolve(corpus!, 'repos', row.repo) + sep;
  return function include(path: string): string | undefined {
    for (const base of bases) {
      const file = resolve(base, path);
      if (file.startsWith(root) && existsSync(file)) {
        try {
          return readFileSync(file, 'utf8');
        } catch {
          return undefined;
        }
      }
    }
    return undefined;
  };
}

function report(): void {
  const pages = [...byRepository.values()].reduce((sum, each) => sum + each.pages, 0);
  const seconds = (performance.now() - started) / 1_000;
  const worst = [...byRepository]
    .filter(([, each]) => each.faithful < each.pages)
    .sort((a, b) => b[1].pages - b[1].faithful - (a[1].pages - a[1].faithful));
  console.log('Repositories with unfaithful pages:');
  for (const [name, each] of worst.slice(0, 15)) {
    console.log(`  ${name}: ${each.pages - each.faithful} of ${each.pages}`);
  }
  console.log('Features:');
  for (const [name, count] of [...features].sort((a, b) => b[1] - a[1])) {
    console.log(`  ${name}: ${count}`);
    for (const example of examples.get(name)!.slice(0, flags.includes('--verbose') ? 12 : 3)) {
      console.log(`    ${example.slice(0, 260)}`);
    }
  }
  const share = pages === 0 ? 0 : faithful / pages;
  const excludedShare = excluded / Math.max(1, compared.length);
  console.log(
    `RESULT ${JSON.stringify({
      bench: 'fidelity',
      pages,
      faithful,
      share: Number(share.toFixed(4)),
      markedOut: marked.length,
      excluded,
      excludedShare: Number(excludedShare.toFixed(4)),
      failed,
      secondsAlone: Number(seconds.toFixed(1)),
      holds: share >= faithfulBar && excludedShare <= mostExcluded,
    })}`,
  );
}

function flag(name: string): string | undefined {
  const at = flags.indexOf(name);
  return at === -1 ? undefined : flags[at + 1];
}

/** What `mkdocs.yml`, `techdocs.yaml` or the absence of both says about a site. */
import type { ProblemInput, Repository } from '../../types.ts';
import type { Dialect } from '../markdown/dialect.ts';
import { dialectOf, knownExtensions, optionsByName, parseYaml, type ParsedYaml } from './mkdocs.ts';
import { joinPath } from './paths.ts';

export interface SiteConfiguration {
  /** File in the repository; undefined where there is none. */
  file: string | undefined;
  folder: string;
  title: string | undefined;
  /** Docs folder in the repository. */
  docs: string;
  nav: unknown;
  dialect: Dialect;
  exclude: unknown;
  notInNav: unknown;
  /** Folders that includes are looked for in, in the repository. */
  bases: string[];
  /** Files appended to every page, e.g. a glossary. */
  append: string[];
  redirects: Record<string, string>;
  editUri: string | undefined;
  repoUrl: string | undefined;
  usesOrderFiles: boolean;
  lineOf: ParsedYaml['lineOf'];
}

/** Settings that say nothing about how pages read. */
const silentKeys = new Set(
  (
    'site_name site_url site_description site_author repo_url repo_name edit_uri docs_dir site_dir nav ' +
    'exclude_docs not_in_nav draft_docs theme plugins markdown_extensions extra extra_css use_directory_urls strict dev_addr watch ' +
    'copyright remote_branch remote_name validation google_analytics'
  ).split(' '),
);

const techdocsKeys = new Set(['version', 'title', 'docsDir', 'nav']);

const knownPlugins = new Set(
  (
    'techdocs-core search material/search redirects group material/group monorepo awesome-pages awesome-nav literate-nav section-index ' +
    'include-markdown tags material/tags minify exclude meta material/meta social privacy offline'
  ).split(' '),
);

export async function readConfiguration(
  repository: Repository,
  folder: string,
  report: (problem: ProblemInput) => void,
): Promise<SiteConfiguration> {
  for (const name of ['mkdocs.yaml', 'mkdocs.yml', 'techdocs.yaml', 'techdocs.yml']) {
    const file = joinPath(folder, name)!;
    const bytes = await repository.read(file);
    if (!bytes) continue;
    const parsed = parseYaml(new TextDecoder().decode(bytes));
    for (const { message, line } of parsed.errors) {
      report({
        code: 'docs/bad-config',
        message: `${name} cannot be read: ${message}`,
        hint: 'Correct the YAML; until then the pages are shown in the order of their files.',
        at: { repository: repository.id, file, ...(line !== undefined && { line }) },
      });
    }
    return name.startsWith('mkdocs')
      ? fromMkdocs(parsed, file, folder, repository, report)
      : fromTechdocs(parsed, file, folder, repository, report);
  }
  return { ...defaults(folder), dialect: dialectOf(undefined) };
}

function defaults(folder: string): SiteConfiguration {
  const docs = joinPath(folder, 'docs')!;
  return {
    file: undefined,
    folder,
    title: undefined,
    docs,
    nav: undefined,
    dialect: dialectOf(undefined),
    exclude: undefined,
    notInNav: undefined,
    bases: [docs, folder, ''],
    append: [],
    redirects: {},
    editUri: undefined,
    repoUrl: undefined,
    usesOrderFiles: false,
    lineOf: () => undefined,
  };
}

/** Backstage's own format without MkDocs: a title, a folder, a navigation. */
function fromTechdocs(
  { data, lineOf }: ParsedYaml,
  file: string,
  folder: string,
  repository: Repository,
  report: (problem: ProblemInput) => void,
): SiteConfiguration {
  const docs = docsFolder(data['docsDir'], folder) ?? joinPath(folder, 'docs')!;
  for (const key of Object.keys(data)) {
    if (!techdocsKeys.has(key)) tell(`The setting \`${key}\` has no effect here.`, key);
  }
  if (docsFolder(data['docsDir'], folder) === undefined) {
    tell(outsideMessage('docsDir', data['docsDir']), 'docsDir');
  }
  function tell(message: string, key: string): void {
    report(ignoredSetting(message, key, { repository, file, line: lineOf([key]) }));
  }
  return {
    ...defaults(folder),
    file,
    title: text(data['title']),
    docs,
    nav: data['nav'],
    bases: [docs, folder, ''],
    lineOf,
  };
}

function fromMkdocs(
  { data, lineOf }: ParsedYaml,
  file: string,
  folder: string,
  repository: Repository,
  report: (problem: ProblemInput) => void,
): SiteConfiguration {
  const plugins = optionsByName(data['plugins']);
  const extensions = optionsByName(data['markdown_extensions']);
  const docs = docsFolder(data['docs_dir'], folder) ?? joinPath(folder, 'docs')!;
  const snippets = extensions.get('pymdownx.snippets') ?? {};
  const bases = [snippets['base_path'] ?? []]
    .flat()
    .flatMap((each) => joinPath(folder, String(each)) ?? []);
  reportIgnored();
  return {
    file,
    folder,
    title: text(data['site_name']),
    docs,
    nav: data['nav'],
    dialect: dialectOf(data),
    exclude: [data['exclude_docs'], data['draft_docs'], excludedBy(plugins.get('exclude'))]
      .filter((each) => typeof each === 'string')
      .join('\n'),
    notInNav: data['not_in_nav'],
    bases: [...new Set([...bases, docs, folder, ''])],
    append: [snippets['auto_append'] ?? []].flat().map(String),
    redirects: redirectsOf(plugins.get('redirects')),
    editUri: data['edit_uri'] === '' ? '' : text(data['edit_uri']),
    repoUrl: text(data['repo_url']),
    usesOrderFiles: ['awesome-pages', 'awesome-nav', 'literate-nav'].some((name) =>
      plugins.has(name),
    ),
    lineOf,
  };

  function reportIgnored(): void {
    const ignored: [what: string, name: string, path: string[]][] = [];
    for (const key of Object.keys(data)) {
      if (!silentKeys.has(key)) ignored.push(['setting', key, [key]]);
    }
    for (const name of plugins.keys()) {
      if (!knownPlugins.has(name)) ignored.push(['plugin', name, ['plugins']]);
    }
    for (const name of extensions.keys()) {
      if (!knownExtensions.has(name) && !name.startsWith('pymdownx.blocks')) {
        ignored.push(['extension', name, ['markdown_extensions']]);
      }
    }
    for (const [what, name, path] of ignored) {
      tell(`The ${what} \`${name}\` has no effect here.`, path);
    }
    if (docsFolder(data['docs_dir'], folder) === undefined) {
      tell(outsideMessage('docs_dir', data['docs_dir']), ['docs_dir']);
    }
  }

  function tell(message: string, path: string[]): void {
    report(ignoredSetting(message, path[0]!, { repository, file, line: lineOf(path) }));
  }
}

function ignoredSetting(
  message: string,
  path: string,
  { repository, file, line }: { repository: Repository; file: string; line: number | undefined },
): ProblemInput {
  return {
    code: 'docs/ignored-setting',
    message,
    at: { repository: repository.id, file, path, ...(line !== undefined && { line }) },
  };
}

function outsideMessage(key: string, value: unknown): string {
  return `\`${key}\` is \`${String(value)}\`, which leaves the repository; \`docs\` is read instead.`;
}

/** Undefined where it would leave the repository. */
function docsFolder(value: unknown, folder: string): string | undefined {
  const path = text(value) ?? 'docs';
  return path.startsWith('/') ? undefined : joinPath(folder, path);
}

/** Patterns of the plugin `exclude` are for whole paths, and their stars go through folders. */
function excludedBy(options: Record<string, unknown> | undefined): string {
  const globs = [options?.['glob'] ?? []].flat().map(String);
  return globs.map((glob) => (glob.startsWith('*') ? glob : `/${glob}`)).join('\n');
}

function redirectsOf(options: Record<string, unknown> | undefined): Record<string, string> {
  const map = options?.['redirect_maps'];
  if (typeof map !== 'object' || map === null) return {};
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

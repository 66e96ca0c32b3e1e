/** Reads one site: its pages, files, navigation and what they include. */
import type { ProblemInput, Repository } from '../../types.ts';
import { readFrontMatter } from '../markdown/front-matter.ts';
import type { NavNode } from '../schema.ts';
import { readConfiguration, type SiteConfiguration } from './configuration.ts';
import { includesOf, type Included } from './includes.ts';
import { mountIncludes } from './monorepo.ts';
import {
  matcherOf,
  navigationOf,
  plainTitle,
  titleFromName,
  type FolderOrder,
} from './navigation.ts';
import { readOrders } from './orders.ts';
import { folderOf, isPage, joinPath, nameOf, safePath } from './paths.ts';

export const limits = {
  page: 2 * 1024 * 1024,
  asset: 10 * 1024 * 1024,
  site: 100 * 1024 * 1024,
  files: 10_000,
};

/** Kinds of files a browser cannot take for a page or a script of ours. */
const assetTypes =
  'png jpg jpeg webp avif gif svg ico pdf txt csv json yaml yml toml zip mp4 webm drawio excalidraw'.split(
    ' ',
  );

export interface SitePage {
  /** Below the docs folder. */
  path: string;
  /** In the repository. */
  file: string;
  text: string;
  title: string;
  /** The page starts with its title; otherwise the navigation knows best what it is called. */
  hasHeading: boolean;
  includes: Map<string, Included>;
  isHidden: boolean;
}

export interface ReadSite {
  configuration: SiteConfiguration;
  title: string | undefined;
  pages: SitePage[];
  assets: { path: string; bytes: Uint8Array }[];
  nav: NavNode[];
}

export async function readSite(
  repository: Repository,
  folder: string,
  report: (problem: ProblemInput) => void,
): Promise<ReadSite> {
  const own = await readConfiguration(repository, folder, report);
  const { configuration, mounts } = await mountIncludes(own, repository, report);
  const files = new Map<string, string>();
  for (const mount of mounts) {
    for (const [path, file] of await filesOf(repository, mount.configuration)) {
      files.set(mount.at ? `${mount.at}/${path}` : path, file);
    }
  }
  let size = 0;
  let count = 0;
  const pages: SitePage[] = [];
  const assets: ReadSite['assets'] = [];
  const hidden = matcherOf(configuration.notInNav);
  /** literate-nav's list of pages is not one of them. */
  function isOrder(path: string): boolean {
    return configuration.usesOrderFiles && nameOf(path) === 'SUMMARY.md';
  }
  for (const [path, file] of files) {
    count += 1;
    if (count > limits.files || size > limits.site) {
      report(tooLarge(repository, configuration, count));
      break;
    }
    const bytes = await readWithin(
      repository,
      file,
      isPage(path) ? limits.page : limits.asset,
      report,
    );
    if (!bytes) continue;
    size += bytes.length;
    if (!isPage(path)) assets.push({ path, bytes });
    else pages.push(await readPage(path, file, bytes));
  }

  const orders: ReadonlyMap<string, FolderOrder> = configuration.usesOrderFiles
    ? await readOrders(repository, configuration.docs)
    : new Map();
  const navigation = navigationOf({
    nav: configuration.nav,
    pages: pages
      .filter((page) => !page.isHidden || Array.isArray(configuration.nav))
      .map(({ path }) => path),
    titles: new Map(pages.map(({ path, title }) => [path, title])),
    orders,
  });
  for (const { entry, path } of navigation.missing) {
    const line = configuration.lineOf(path);
    report({
      code: 'docs/missing-nav-page',
      message: `\`nav\` names \`${entry}\`, but there is no such page in \`${configuration.docs || '.'}\`.`,
      hint: 'Paths in `nav` are relative to the docs folder.',
      at: {
        repository: repository.id,
        file: configuration.file,
        path: path.join('.'),
        ...(line !== undefined && { line }),
      },
    });
  }
  const named = new Map(titlesIn(navigation.nodes));
  for (const page of pages) {
    if (!page.hasHeading) page.title = named.get(page.path) ?? page.title;
  }
  return { configuration, title: configuration.title, pages, assets, nav: navigation.nodes };

  async function readPage(path: string, file: string, bytes: Uint8Array): Promise<SitePage> {
    const appended = configuration.append.map((name) => `\n\n--8<-- "${name}"`).join('');
    const text = new TextDecoder().decode(bytes) + appended;
    const includes = await includesOf(text, file, configuration.bases, async (each) => {
      const content = await readWithin(repository, each, limits.page, () => {});
      return content ? new TextDecoder().decode(content) : undefined;
    });
    return {
      path,
      file,
      text,
      ...quickTitle(path, text),
      includes,
      isHidden: hidden(path) || isOrder(path),
    };
  }
}

/** Pages and files of a docs folder, or the README where there is neither folder nor configuration. */
async function filesOf(
  repository: Repository,
  { docs, exclude, file, folder }: SiteConfiguration,
): Promise<Map<string, string>> {
  const prefix = docs === '' ? '' : `${docs}/`;
  const types = [...assetTypes, ...assetTypes.map((type) => type.toUpperCase())];
  const found = await repository.find([
    `${globSafe(prefix)}**/*.{md,markdown,MD,${types.join(',')}}`,
  ]);
  const isExcluded = matcherOf(exclude);
  const files = new Map<string, string>();
  for (const each of found) {
    const path = each.slice(prefix.length);
    const isDot = path.split('/').some((part) => part.startsWith('.'));
    const isOutside = path.startsWith('node_modules/') || path.includes('/node_modules/');
    if (!isDot && !isOutside && !isExcluded(path)) files.set(path, each);
  }
  if ([...files.keys()].some((path) => isPage(path))) return files;
  if (file && docs !== joinPath(folder, 'docs')) return files;
  const readmes = await repository.find(
    [docs, folder].map((each) => `${each === '' ? '' : `${globSafe(each)}/`}{README,readme}.md`),
  );
  const readme = readmes.sort(
    (a, b) => Number(folderOf(b) === docs) - Number(folderOf(a) === docs),
  )[0];
  if (!readme) return files;
  files.set('README.md', readme);
  const beside = folderOf(readme) === '' ? '' : `${folderOf(readme)}/`;
  for (const name of await picturesIn(repository, readme)) {
    const [found] = await repository.find([globSafe(beside + name)]);
    if (found) files.set(name, found);
  }
  return files;
}

/** Pictures a README shows from below its own folder. */
async function picturesIn(repository: Repository, readme: string): Promise<Set<string>> {
  const bytes = await repository.read(readme, limits.page);
  const text = new TextDecoder().decode(bytes ?? undefined);
  const targets = [...text.matchAll(/!\[[^\]]*\]\(<?([^)\s>]+)|<img[^>]+src=["']([^"']+)/gu)];
  const paths = targets.map((match) => safePath(match[1] ?? match[2] ?? ''));
  return new Set(paths.filter((path) => path !== undefined && isAsset(path)) as string[]);
}

function isAsset(path: string): boolean {
  return assetTypes.includes(path.split('.').pop()?.toLowerCase() ?? '');
}

function globSafe(path: string): string {
  return path.replace(/[[\](){}*?!]/gu, '\\$&');
}

async function readWithin(
  repository: Repository,
  file: string,
  most: number,
  report: (problem: ProblemInput) => void,
): Promise<Uint8Array | undefined> {
  try {
    return (await repository.read(file, most)) ?? undefined;
  } catch (error) {
    report({
      code: 'docs/too-large',
      message: `\`${file}\` is left out: ${error instanceof Error ? error.message : String(error)}`,
      hint: `A page may have ${most / 1024 / 1024} MB at most.`.replace(
        'A page',
        isPage(file) ? 'A page' : 'A file',
      ),
      at: { repository: repository.id, file },
    });
    return undefined;
  }
}

function tooLarge(
  repository: Repository,
  { file, docs }: SiteConfiguration,
  count: number,
): ProblemInput {
  return {
    code: 'docs/too-large',
    message: `The site in \`${docs || '.'}\` is over the limits; what comes after file ${count} is left out.`,
    hint: 'Keep generated files and large downloads outside the docs folder.',
    at: { repository: repository.id, file: file ?? docs },
  };
}

/** What pages are called in a navigation; where it names one twice, the first time. */
function* titlesIn(nodes: readonly NavNode[]): Generator<[path: string, title: string]> {
  for (const { page, title, children } of nodes.toReversed()) {
    if (children) yield* titlesIn(children);
    if (page !== undefined) yield [page, title];
  }
}

/** The title as the page itself gives it, without rendering. */
function quickTitle(path: string, text: string): Pick<SitePage, 'title' | 'hasHeading'> {
  const { data, content } = readFrontMatter(text);
  const heading =
    /^(?:#[ \t]*([^#\n].*?)[ \t]*#*|([^\n]+)\n=+|<h1[^>]*>([^]*?)<\/h1>.*)[ \t]*$/mu.exec(
      content.slice(0, 5_000),
    );
  const isFirst = heading && !/^```/mu.test(content.slice(0, heading.index));
  const title = isFirst ? (heading[1] ?? heading[2] ?? heading[3])! : '';
  const bare = title
    .replace(/\{[^}]*\}\s*$/u, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/[`*]|<[^>]*>|:[\w+-]+:/gu, '')
    .trim();
  const named = typeof data['title'] === 'string' ? plainTitle(data['title']) : undefined;
  return { title: named ?? (bare || titleFromName(path)), hasHeading: bare !== '' };
}

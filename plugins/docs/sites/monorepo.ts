/** `!include ./other/mkdocs.yml` in a navigation: sites of the same repository inside another (mkdocs-monorepo). */
import type { ProblemInput, Repository } from '../../types.ts';
import { readConfiguration, type SiteConfiguration } from './configuration.ts';
import { folderOf, joinPath } from './paths.ts';

export interface Mount {
  /** Below the docs folder; empty for the site itself. */
  at: string;
  configuration: SiteConfiguration;
}

const deepest = 3;
const mostSites = 100;

/** The configuration with the included navigations in place, and where the pages of each come from. */
export async function mountIncludes(
  configuration: SiteConfiguration,
  repository: Repository,
  report: (problem: ProblemInput) => void,
): Promise<{ configuration: SiteConfiguration; mounts: Mount[] }> {
  const mounts: Mount[] = [{ at: '', configuration }];
  const nav = await walk(configuration.nav, configuration, 0);
  return { configuration: { ...configuration, nav }, mounts };

  async function walk(node: unknown, around: SiteConfiguration, depth: number): Promise<unknown> {
    if (Array.isArray(node)) {
      const entries: unknown[] = [];
      for (const each of node) entries.push(await walk(each, around, depth));
      return entries;
    }
    if (typeof node === 'string') return (await include(node, around, depth)) ?? node;
    if (typeof node !== 'object' || node === null) return node;
    const entries: [string, unknown][] = [];
    for (const [key, value] of Object.entries(node))
      entries.push([key, await walk(value, around, depth)]);
    return Object.fromEntries(entries);
  }

  async function include(text: string, around: SiteConfiguration, depth: number): Promise<unknown> {
    const many = /^\*include\s+(\S*mkdocs\.ya?ml)$/u.exec(text.trim());
    if (many) return includeAll(many[1]!, around, depth);
    const match = /^(?:!include\s+)?(\S*mkdocs\.ya?ml)$/u.exec(text.trim());
    if (!match || depth >= deepest || mounts.length >= mostSites) return undefined;
    const file = joinPath(around.folder, match[1]!);
    const exists = file !== undefined && (await repository.find([file])).length > 0;
    if (!exists) {
      report({
        code: 'docs/missing-nav-page',
        message: `\`nav\` includes \`${match[1]}\`, but there is no such file.`,
        hint: 'The path is relative to the mkdocs.yml that includes it.',
        at: { repository: repository.id, file: around.file },
      });
      return [];
    }
    return (await mount(file, depth)).nav;
  }

  /** A section for each site the pattern finds, called as the site is. */
  async function includeAll(
    pattern: string,
    around: SiteConfiguration,
    depth: number,
  ): Promise<unknown[]> {
    const glob = joinPath(around.folder, pattern);
    const files = glob === undefined ? [] : await repository.find([glob]);
    const entries: unknown[] = [];
    for (const file of files) {
      if (depth >= deepest || mounts.length >= mostSites) break;
      const { title, nav: inner } = await mount(file, depth);
      entries.push({ [title]: inner });
    }
    return entries;
  }

  async function mount(file: string, depth: number): Promise<{ title: string; nav: unknown }> {
    const inner = await readConfiguration(repository, folderOf(file), report);
    const at =
      inner.title?.replace(/[^\p{L}\p{N}/_-]+/gu, '-').replace(/^-+|-+$/gu, '') || folderOf(file);
    mounts.push({ at, configuration: inner });
    // Without a navigation of its own, all there is in the folder.
    if (inner.nav === undefined) return { title: inner.title ?? at, nav: at };
    const nav = await walk(inner.nav, inner, depth + 1);
    return { title: inner.title ?? at, nav: prefixed(nav, at) };
  }
}

/** Pages of an included navigation by where they are mounted. */
function prefixed(node: unknown, at: string): unknown {
  if (Array.isArray(node)) return node.map((each) => prefixed(each, at));
  if (typeof node === 'string') return /^[a-z][a-z0-9+.-]*:/iu.test(node) ? node : `${at}/${node}`;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, prefixed(value, at)]));
}

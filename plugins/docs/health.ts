/** What is wrong with the pages of a site: links, images, pages nobody finds, pages that are old. Pure. */
import type { EntityDocs } from './entity-docs.ts';
import type { ProblemInput } from '../types.ts';
import type { PageLink } from './markdown/present/links.ts';
import type { PageMeta } from './render/render-page.ts';
import { pagesIn } from './outline.ts';
import type { DocsPage, DocsSite } from './schema.ts';
import { addressOf } from './sites/paths.ts';

/** What of a rendered page can be wrong. */
export type PageFacts = Pick<PageMeta, 'ids' | 'links' | 'notes' | 'words'>;

export interface HealthInput {
  site: DocsSite;
  /** By path of the page. */
  facts: ReadonlyMap<string, PageFacts>;
  /** Text of a page, to find the line of a link. */
  textOf(page: DocsPage): string | undefined;
  /** File of a page in the repository. */
  fileOf(page: DocsPage): string;
  entities: EntityDocs;
  staleAfterMonths: number;
  now: Date;
}

export function healthOf(input: HealthInput): ProblemInput[] {
  const { site, facts, textOf, fileOf } = input;
  const problems: ProblemInput[] = [];
  const pages = new Map(site.pages.map((page) => [page.path, page]));
  const addresses = new Map(site.pages.map((page) => [addressOf(page.path), page.path]));
  const assets = new Set(site.assets.map(({ path }) => path));
  const linked = new Set<string>();
  const seen = new Set<string>();

  for (const page of site.pages) {
    const found = facts.get(page.path);
    if (!found) continue;
    checkNotes(page, found);
    checkLinks(page, found);
    if (found.words === 0 && found.links.length === 0) {
      add(
        page,
        'docs/empty-page',
        `\`${page.path}\` is empty.`,
        'Write the page, or take it out of `nav`.',
      );
    }
    checkAge(page);
  }
  checkOrphans();
  return problems;

  function add(
    page: DocsPage,
    code: string,
    message: string,
    hint: string | undefined,
    line?: number,
  ): void {
    problems.push({
      code,
      message,
      hint,
      at: { repository: site.repository, file: fileOf(page), ...(line !== undefined && { line }) },
      entity: site.entity,
    });
  }

  function checkNotes(page: DocsPage, { notes }: PageFacts): void {
    for (const note of notes) {
      const once = onceMessages[note.code];
      if (!once) {
        add(page, note.code, note.message, note.hint, note.line);
        continue;
      }
      // Common to a whole site: told once, at the first page that has it.
      const key = `${note.code} ${note.message}`;
      if (seen.has(key)) continue;
      seen.add(key);
      add(page, note.code, once(note.message), undefined);
    }
  }

  function checkLinks(page: DocsPage, { links }: PageFacts): void {
    const lines = lineFinder(() => textOf(page));
    for (const link of links) {
      const target = targetOf(link);
      if (target && target !== page.path) linked.add(target);
      const problem = problemOf(link, target);
      if (problem) add(page, ...problem, lines(link.written));
    }
  }

  function targetOf(link: PageLink): string | undefined {
    if (link.kind === 'page' || link.kind === 'anchor') return link.target;
    if (link.kind === 'address') return addresses.get(link.target);
    return undefined;
  }

  function problemOf(
    { kind, written, target: to, page, anchor }: PageLink,
    target: string | undefined,
  ): [code: string, message: string, hint: string] | undefined {
    if (kind === 'outside') {
      return [
        'docs/outside',
        `The link \`${written}\` leaves the repository.`,
        'Use fewer `..`, or a full address.',
      ];
    }
    if (kind === 'entity') {
      const problem = input.entities.problemOf(to, page);
      if (problem === undefined) return undefined;
      return [
        'docs/broken-link',
        `The link \`${written}\` ${problem}.`,
        'Copy the reference from the page of the entity.',
      ];
    }
    if (kind === 'asset' && !assets.has(to)) {
      return [
        'docs/missing-image',
        `\`${written}\` does not exist, expected a file at \`${to}\` in the docs folder.`,
        'Commit the file, or correct the path.',
      ];
    }
    const isPage = target !== undefined && pages.has(target);
    if ((kind === 'page' || kind === 'address') && !isPage) {
      if (kind === 'address' && (assets.has(to) || to in site.redirects)) return undefined;
      return [
        'docs/broken-link',
        `The link \`${written}\` leads to no page, expected one at \`${to}\` in the docs folder.`,
        didYouMean(to),
      ];
    }
    if (!anchor || !isPage || hasAnchor(target, anchor)) return undefined;
    return [
      'docs/broken-anchor',
      `The link \`${written}\` leads to no heading: \`${target}\` has none with the id \`${anchor}\`.`,
      anchorHint(target, anchor),
    ];
  }

  function hasAnchor(page: string, anchor: string): boolean {
    const known = facts.get(page);
    if (!known) return true;
    const wanted = decode(anchor);
    if (/^(?:top|fnref:.*|__.*|:~:text=.*|L\d+.*|tabs-\d.*)?$/u.test(wanted)) return true;
    return known.ids.includes(wanted) || known.ids.includes(anchor);
  }

  function anchorHint(page: string, anchor: string): string {
    const ids = facts.get(page)?.ids ?? [];
    const bare = anchor.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
    const near = ids.find((id) => id.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') === bare);
    return near ? `Did you mean \`#${near}\`?` : 'Open the page and copy the link of the heading.';
  }

  function didYouMean(path: string): string {
    const name = path.split('/').pop()!.toLowerCase();
    const near = [...pages.keys()].filter((each) => each.split('/').pop()!.toLowerCase() === name);
    return near.length === 1
      ? `Did you mean \`${near[0]}\`?`
      : 'Paths are relative to the file the link is written in.';
  }

  function checkAge(page: DocsPage): void {
    if (!isStale(page, site, input.staleAfterMonths, input.now)) return;
    const date = page.updated!.slice(0, 10);
    add(
      page,
      'docs/stale-page',
      `\`${page.path}\` has not changed since ${date}, while the repository has.`,
      'Read it again and correct what is no longer true.',
    );
  }

  function checkOrphans(): void {
    const inNav = new Set(pagesIn(site.nav));
    const lost: DocsPage[] = [];
    for (const page of site.pages) {
      const isHome = addressOf(page.path) === '';
      if (isHome || page.isHidden || inNav.has(page.path) || linked.has(page.path)) continue;
      lost.push(page);
    }
    if (lost.length > mostOrphans) {
      add(
        lost[0]!,
        'docs/orphan-page',
        `Nothing leads to ${lost.length} pages, among them \`${lost[0]!.path}\` and \`${lost[1]!.path}\`: they are not in \`nav\`, and no page links to them.`,
        'Add them to `nav`, or name their folder in `not_in_nav`.',
      );
      return;
    }
    for (const page of lost) {
      add(
        page,
        'docs/orphan-page',
        `Nothing leads to \`${page.path}\`: it is not in \`nav\`, and no page links to it.`,
        'Add it to `nav`, or name it in `not_in_nav`.',
      );
    }
  }
}

/** Whether a page has not changed for so long while its repository has. */
export function isStale(
  { updated }: DocsPage,
  { asOf }: DocsSite,
  months: number,
  now: Date,
): boolean {
  if (!updated) return false;
  const limit = new Date(now);
  limit.setMonth(limit.getMonth() - months);
  return new Date(updated) < limit && new Date(asOf) > limit;
}

/** With more of them, the navigation as a whole is meant. */
const mostOrphans = 10;

/** Notes that say something of the whole site. */
const onceMessages: Record<string, (detail: string) => string> = {
  'docs/python-only': (feature) =>
    `Pages use ${feature === 'macros' ? 'Jinja macros' : 'mkdocstrings directives'}, which only Python can fill in; they are shown as written.`,
  'docs/plantuml': () => 'PlantUML diagrams are shown as their source.',
};

/** Finds the line something is written in; the next one when asked for the same again. The text is read when first needed. */
function lineFinder(read: () => string | undefined): (written: string) => number | undefined {
  const from = new Map<string, number>();
  let text: string | undefined;
  return (written) => {
    text ??= read();
    if (!text || !written) return undefined;
    const at = text.indexOf(written, from.get(written) ?? 0);
    if (at === -1) return undefined;
    from.set(written, at + written.length);
    return text.slice(0, at).split('\n').length;
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One page from its text to the HTML that is kept on disk, with what search and checks need to know of it. */
import type { Root } from 'hast';
import { toHtml } from 'hast-util-to-html';

import { readContent } from '../markdown/content.ts';
import type { Dialect } from '../markdown/dialect.ts';
import type { Note } from '../markdown/dialect/page.ts';
import { readFrontMatter } from '../markdown/front-matter.ts';
import { linkAnnotations } from '../markdown/present/annotations.ts';
import { decorate } from '../markdown/present/decorate.ts';
import { drawDiagrams } from '../markdown/present/diagrams.ts';
import { highlight } from '../markdown/present/highlight.ts';
import { resolveLinks, type PageLink } from '../markdown/present/links.ts';
import { policyOf } from '../markdown/present/policy.ts';
import { replaceRemotePictures } from '../markdown/present/remote-pictures.ts';
import { setMath } from '../markdown/present/math.ts';
import type { PageHeading } from '../markdown/syntax/heading-ids.ts';
import { findAll } from '../markdown/present/find.ts';
import { sectionsOf, type Section } from './sections.ts';

export interface PageTask {
  text: string;
  /** Path below the docs folder. */
  path: string;
  /** Path in the repository. */
  file: string;
  /** Its links are the repository's: a README that is all there is. */
  isAlone?: boolean | undefined;
  dialect: Dialect;
  /** Text of included files by the name they are included under. */
  includes: Readonly<Record<string, string>>;
  iframeHosts: readonly string[];
  imageHosts: readonly string[];
  plantumlServer?: string | undefined;
}

export interface RenderedPage {
  html: string;
  meta: PageMeta;
}

/** Everything known of a page besides its HTML. */
export interface PageMeta {
  /** From the front matter or the first heading; undefined where there is neither. */
  title: string | undefined;
  description: string | undefined;
  /** The content starts with a title of its own. */
  hasTitle: boolean;
  headings: PageHeading[];
  /** Ids of everything that can be linked to, besides headings. */
  ids: string[];
  sections: Section[];
  links: PageLink[];
  notes: Note[];
  words: number;
  hasMermaid: boolean;
  /** Directives the page's content security policy needs besides the portal's own. */
  policy?: string[];
  /** Front matter keys that change how the page is shown. */
  hide: string[];
}

export async function renderPage(task: PageTask): Promise<RenderedPage> {
  const front = readFrontMatter(task.text);
  const content = readContent(front.content, {
    dialect: task.dialect,
    include: (path) => task.includes[path],
    iframeHosts: task.iframeHosts,
  });
  const { tree, headings } = content;
  const notes: Note[] = content.notes.map((note) => ({
    ...note,
    ...(note.line !== undefined && { line: note.line + front.lines }),
  }));
  if (front.error) {
    notes.push({
      code: 'docs/front-matter',
      message: front.error,
      hint: 'Write the front matter in YAML between two lines of three hyphens.',
      line: 1,
    });
  }
  for (const { feature } of content.pythonOnly) {
    notes.push({ code: 'docs/python-only', message: feature });
  }
  const sections = sectionsOf(tree);
  const ids = idsOf(tree);
  const links = resolveLinks(tree, task);
  replaceRemotePictures(tree, task.imageHosts);
  const diagrams = await drawDiagrams(tree, task.plantumlServer);
  if (diagrams.hasPlantuml && !task.plantumlServer)
    notes.push({ code: 'docs/plantuml', message: 'plantuml' });
  for (const reason of diagrams.failures) {
    notes.push({ code: 'docs/diagram', message: `A Graphviz diagram cannot be drawn: ${reason}.` });
  }
  for (const reason of setMath(tree)) {
    notes.push({ code: 'docs/math', message: reason });
  }
  await highlight(tree);
  linkAnnotations(tree);
  decorate(tree);
  const first = headings[0];
  const title = front.data['title'];
  return {
    html: toHtml(tree, { characterReferences: { useNamedReferences: false } }),
    meta: {
      title: stringOf(title) ?? (first?.depth === 1 ? first.text : undefined),
      description: stringOf(front.data['description']),
      hasTitle: startsWithTitle(tree),
      headings,
      ids,
      sections,
      links,
      notes,
      words: sections.reduce((sum, each) => sum + each.text.split(/\s+/u).length, 0),
      hasMermaid: diagrams.hasMermaid,
      policy: policyOf(tree),
      hide: [front.data['hide'] ?? []].flat().map(String),
    },
  };
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function startsWithTitle(tree: Root): boolean {
  return findAll(tree, 'h1').length > 0;
}

function idsOf(tree: Root): string[] {
  return findAll(tree, '*')
    .map(({ element }) => element.properties['id'])
    .filter((id) => id !== undefined)
    .map(String);
}

/** From Markdown to safe HTML nodes. Nothing after this looks at what the author wrote as markup. */
import type { Element, Root as HtmlRoot } from 'hast';
import { raw } from 'hast-util-raw';
import { sanitize } from 'hast-util-sanitize';
import type { Code, ListItem, Nodes, Root, Text } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { VFile } from 'vfile';

import type { Dialect } from './dialect.ts';
import { remarkDialect } from './dialect.ts';
import type { Note, Page } from './dialect/page.ts';
import remarkPythonMarkdown from './dialect/parse.ts';
import { unescape } from './dialect/rules.ts';
import { cleanUp, schema } from './sanitize.ts';
import { explain } from './syntax/abbreviations.ts';
import { remarkAlerts } from './syntax/alerts.ts';
import { remarkAttributeLists } from './syntax/attribute-lists.ts';
import { infoText, type CodeInfo } from './syntax/fences.ts';
import { nameHeadings, placeContents, type PageHeading } from './syntax/heading-ids.ts';
import { markPythonOnly, type PythonOnly } from './syntax/python-only.ts';
import { smarten } from './syntax/smart-text.ts';

export interface Content {
  tree: HtmlRoot;
  headings: PageHeading[];
  notes: Note[];
  pythonOnly: PythonOnly[];
}

export interface ContentOptions {
  dialect: Dialect;
  include?: Page['include'];
  /** Hosts whose pages may stand in an iframe. */
  iframeHosts?: readonly string[];
}

/** Reads one page. */
export function readContent(markdown: string, options: ContentOptions): Content {
  const processor = processorOf(options.dialect);
  const file = new VFile({ value: markdown });
  file.data.include = options.include ?? (() => undefined);
  const tree = processor.runSync(processor.parse(file) as never, file) as unknown as HtmlRoot;
  const safe = sanitize(tree, schema) as HtmlRoot;
  cleanUp(safe, options.iframeHosts ?? []);
  const { page, headings = [], pythonOnly = [] } = file.data;
  return { tree: safe, headings, notes: page?.notes ?? [], pythonOnly };
}

declare module 'vfile' {
  interface DataMap {
    headings: PageHeading[];
    pythonOnly: PythonOnly[];
  }
}

type ContentProcessor = ReturnType<typeof build>;
const processors = new Map<string, ContentProcessor>();

function processorOf(dialect: Dialect): ContentProcessor {
  const key = JSON.stringify(dialect);
  let processor = processors.get(key);
  if (!processor) {
    processor = build(dialect);
    processors.set(key, processor);
  }
  return processor;
}

function build(dialect: Dialect) {
  return unified()
    .use(remarkPythonMarkdown)
    .use(remarkDialect, dialect)
    .use(dialect.features.includes('attribute-lists') ? remarkAttributeLists : none)
    .use(dialect.features.includes('alerts') ? remarkAlerts : none)
    .use(remarkHeadings, dialect)
    .use(remarkText, dialect)
    .use(remarkRehype, { allowDangerousHtml: true, handlers })
    .use(rehypeRawHtml)
    .freeze();
}

function none(): void {}

function remarkHeadings({ slugs }: Dialect) {
  return function transform(tree: Root, file: VFile): void {
    file.data.headings = nameHeadings(tree, slugs);
    placeContents(tree, file.data.headings);
  };
}

function remarkText({ features }: Dialect) {
  return function transform(tree: Root, file: VFile): void {
    file.data.pythonOnly = markPythonOnly(tree);
    if (file.data.page) explain(tree, file.data.page.abbreviations);
    smarten(tree, {
      symbols: features.includes('smart-symbols'),
      quotes: features.includes('smart-quotes'),
    });
    unescapeAll(tree);
  };
}

function unescapeAll(node: Nodes): void {
  if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'html') {
    node.value = unescape(node.value);
  } else if ('children' in node) {
    for (const child of node.children) unescapeAll(child);
    joinTexts(node);
  }
}

/** An entity is no longer apart from the text around it. */
function joinTexts(node: Nodes & { children: Nodes[] }): void {
  const joined: Nodes[] = [];
  for (const child of node.children) {
    const last = joined[joined.length - 1];
    const isPart = child.type === 'text' && last?.type === 'text';
    if (isPart && !isMath(child) && !isMath(last)) last.value += child.value;
    else joined.push(child);
  }
  node.children = joined;
}

function isMath(text: Text): boolean {
  return (text.data as { isMath?: boolean } | undefined)?.isMath === true;
}

const handlers = {
  /** No line ends inside: around spans they would read as blanks. */
  listItem(state: State, node: ListItem): Element {
    const item: Element = {
      type: 'element',
      tagName: 'li',
      properties: {},
      children: state.all(node),
    };
    return state.applyData(node, item) as Element;
  },
  /** A tight item's text stands in the item itself. */
  bare: (state: State, node: Nodes) => state.all(node as never) as never,
  code(_state: State, node: Code): Element {
    const info = (node.data as { info?: CodeInfo } | undefined)?.info;
    const properties: Element['properties'] = {};
    if (node.lang) properties['className'] = [`language-${node.lang}`];
    if (info) properties['dataInfo'] = infoText(info);
    const text = { type: 'text' as const, value: `${node.value}\n` };
    const code: Element = { type: 'element', tagName: 'code', properties, children: [text] };
    const outer = info?.id ? { id: info.id } : {};
    return { type: 'element', tagName: 'pre', properties: { ...outer }, children: [code] };
  },
};

/** Parses raw HTML only where there is some: it costs more than everything else. */
function rehypeRawHtml() {
  return function transform(tree: HtmlRoot): HtmlRoot | undefined {
    return hasRaw(tree) ? (raw(tree) as HtmlRoot) : undefined;
  };
}

function hasRaw(node: HtmlRoot | HtmlRoot['children'][number]): boolean {
  if (node.type === 'raw') return true;
  return 'children' in node && node.children.some((child) => hasRaw(child));
}

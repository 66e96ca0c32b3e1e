/** Reads `mkdocs.yml` and `techdocs.yaml`: data only, whatever Python it names. */
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type CollectionTag,
  type Document,
  type ScalarTag,
  type YAMLSeq,
} from 'yaml';

import type { Dialect, Feature } from '../markdown/dialect.ts';
import { techdocsFeatures } from '../markdown/dialect.ts';

/** Keys that could change what objects are; they never come from a file. */
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);
const mostBytes = 256 * 1024;
const deepest = 32;

export interface ParsedYaml {
  data: Record<string, unknown>;
  lineOf(path: readonly (string | number)[]): number | undefined;
  errors: { message: string; line: number | undefined }[];
}

/** Parses a mapping; custom tags are read as the plain value they stand before. */
export function parseYaml(text: string): ParsedYaml {
  if (text.length > mostBytes) return failure(`The file is larger than ${mostBytes / 1024} kB.`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'silent',
    uniqueKeys: false,
    customTags: environment,
  });
  const errors = document.errors.map((error) => ({
    message: error.message.split('\n')[0]!.replace(/ at line .*$/u, ''),
    line: error.linePos?.[0].line,
  }));
  if (errors.length > 0) return { data: {}, lineOf: () => undefined, errors };
  removeUnsafe(document);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMapping && value !== null) return failure('Expected a mapping of keys to values.');
  return {
    data: (value ?? {}) as Record<string, unknown>,
    lineOf: (path) => lineOf(document, path, lines),
    errors: [],
  };
}

function failure(message: string): ParsedYaml {
  return { data: {}, lineOf: () => undefined, errors: [{ message, line: undefined }] };
}

/** `!ENV [NAME, 'fallback']`: nobody's environment is read, the fallback stands. */
const environment: [ScalarTag, CollectionTag] = [
  { tag: '!ENV', resolve: () => null },
  {
    tag: '!ENV',
    collection: 'seq',
    resolve(sequence) {
      const { items } = sequence as YAMLSeq;
      return items.length > 1 ? items[items.length - 1] : new Scalar(null);
    },
  },
];

function removeUnsafe(document: Document): void {
  visit(document, {
    Pair(_key, pair, path) {
      const isUnsafe = isScalar(pair.key) && unsafeKeys.has(String(pair.key.value));
      return isUnsafe || path.length > deepest * 2 ? visit.REMOVE : undefined;
    },
  });
}

function lineOf(
  document: Document,
  path: readonly (string | number)[],
  lines: LineCounter,
): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(key),
      );
      offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as { range?: [number] } | undefined)?.range?.[0];
    } else {
      return undefined;
    }
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

/** Extensions or plugins with their options, from a list, a list of mappings or a mapping. */
export function optionsByName(value: unknown): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  const entries = Array.isArray(value) ? value : [value];
  for (const entry of entries) {
    if (typeof entry === 'string') {
      found.set(normalName(entry), found.get(normalName(entry)) ?? {});
    } else if (typeof entry === 'object' && entry !== null) {
      for (const [name, options] of Object.entries(entry)) {
        const isMapping = typeof options === 'object' && options !== null;
        found.set(normalName(name), isMapping ? (options as Record<string, unknown>) : {});
      }
    }
  }
  return found;
}

function normalName(name: string): string {
  return name.replace(/^markdown\.extensions\./u, '');
}

const declared: Record<string, Feature> = {
  'pymdownx.arithmatex': 'math',
  mdx_math: 'math',
  markdown_katex: 'math',
  'pymdownx.keys': 'keys',
  smarty: 'smart-quotes',
  nl2br: 'hard-breaks',
  callouts: 'alerts',
};

/** Extensions that need nothing of us: on for everyone, or without effect on a static page. */
export const knownExtensions = new Set([
  ...Object.keys(declared),
  'abbr',
  'admonition',
  'attr_list',
  'codehilite',
  'def_list',
  'extra',
  'fenced_code',
  'footnotes',
  'md_in_html',
  'meta',
  'sane_lists',
  'tables',
  'toc',
  'mdx_truly_sane_lists',
  'pymdownx.betterem',
  'pymdownx.caret',
  'pymdownx.critic',
  'pymdownx.details',
  'pymdownx.emoji',
  'pymdownx.extra',
  'pymdownx.highlight',
  'pymdownx.inlinehilite',
  'pymdownx.magiclink',
  'pymdownx.mark',
  'pymdownx.smartsymbols',
  'pymdownx.snippets',
  'pymdownx.superfences',
  'pymdownx.tabbed',
  'pymdownx.tasklist',
  'pymdownx.tilde',
  'pymdownx.saneheaders',
  'mdx_gh_links',
  'gh-admonitions',
  'github-callouts',
  'plantuml_markdown',
  'markdown_inline_graphviz',
  'markdown_inline_mermaid',
  'md_in_html',
  'mdx_breakless_lists',
]);

/** The Markdown of a site: TechDocs' own list and what the site adds to it. */
export function dialectOf(config: Record<string, unknown> | undefined): Dialect {
  const extensions = optionsByName(config?.['markdown_extensions']);
  const plugins = optionsByName(config?.['plugins']);
  const features = new Set<Feature>(techdocsFeatures);
  for (const name of extensions.keys()) {
    if (declared[name]) features.add(declared[name]);
    if (name.startsWith('pymdownx.blocks')) features.add('slash-blocks');
  }
  // Without a configuration nothing says no; all are common, and mean nothing else.
  if (!config) for (const name of ['keys', 'math', 'slash-blocks'] as const) features.add(name);
  const core = plugins.get('techdocs-core');
  if (core?.['use_pymdownx_blocks']) features.add('slash-blocks');
  return {
    features: [...features].sort(),
    listIndent: indentOf(extensions, core !== undefined || !config),
    saneLists: extensions.has('sane_lists'),
    fenceOptions: extensions.get('pymdownx.highlight')?.['use_pygments'] !== false,
    slugs: slugsOf(extensions.get('toc')),
  };
}

function indentOf(extensions: Map<string, Record<string, unknown>>, isTechdocs: boolean): 2 | 4 {
  const sane = extensions.get('mdx_truly_sane_lists');
  if (sane) return sane['nested_indent'] === 4 ? 4 : 2;
  return isTechdocs ? 2 : 4;
}

/** Slugs are named by a Python function; those that keep all letters are known by name. */
function slugsOf(toc: Record<string, unknown> | undefined): Dialect['slugs'] {
  const slugify = toc && 'slugify' in toc;
  return slugify ? 'unicode' : 'ascii';
}

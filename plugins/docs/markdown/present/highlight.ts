/** Code in colour: Shiki finds the tokens, classes carry the meaning, one style sheet gives both themes their colours. */
import type { Element, ElementContent, Root } from 'hast';
import type { HighlighterCore, ThemedToken, ThemeRegistrationRaw } from 'shiki/core';
import { createHighlighterCore } from 'shiki/core';
import { createOnigurumaEngine } from 'shiki/engine/oniguruma';
import { bundledLanguages, bundledLanguagesAlias } from 'shiki/langs';

import { findAll, hasClass } from './find.ts';
import { joinMarkers, type Line } from './markers.ts';

/** Past this, colour costs more than it helps. */
const mostCharacters = 200_000;
const longestLine = 5_000;

/** Class of a token by the scopes it may have; the colours are names in disguise. */
const meanings: [className: string, scopes: string[]][] = [
  ['c', ['comment', 'punctuation.definition.comment']],
  ['s', ['string', 'punctuation.definition.string', 'markup.inline.raw', 'constant.other.symbol']],
  [
    'k',
    [
      'keyword',
      'storage',
      'keyword.operator.new',
      'punctuation.definition.keyword',
      'entity.name.section.group-title',
    ],
  ],
  [
    'n',
    [
      'constant.numeric',
      'constant.language',
      'constant.character',
      'support.constant',
      'keyword.other.unit',
    ],
  ],
  ['f', ['entity.name.function', 'support.function', 'meta.function-call.generic']],
  [
    't',
    [
      'entity.name.type',
      'entity.name.class',
      'support.class',
      'support.type',
      'entity.other.inherited-class',
      'entity.name.namespace',
    ],
  ],
  [
    'g',
    [
      'entity.name.tag',
      'support.type.property-name',
      'meta.object-literal.key',
      'punctuation.support.type.property-name',
      'support.type.property-name.json',
      'variable.other.property.toml',
    ],
  ],
  ['a', ['entity.other.attribute-name', 'variable.parameter']],
  [
    'v',
    [
      'variable.other.normal',
      'variable.language',
      'punctuation.definition.variable',
      'variable.other.readwrite.shell',
    ],
  ],
  ['o', ['keyword.operator']],
  ['i', ['markup.inserted']],
  ['d', ['markup.deleted']],
  ['h', ['markup.heading', 'entity.name.section', 'markup.bold']],
];

function colourOf(index: number): string {
  return `#0000${(index + 1).toString(16).padStart(2, '0')}`;
}

const theme: ThemeRegistrationRaw = {
  name: 'meanings',
  type: 'light',
  fg: '#000000',
  bg: '#ffffff',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    ...meanings.map(([, scope], index) => ({ scope, settings: { foreground: colourOf(index) } })),
  ],
};

const classOf = new Map(meanings.map(([name], index) => [colourOf(index), name]));
let starting: Promise<HighlighterCore> | undefined;

function highlighter(): Promise<HighlighterCore> {
  // The WebAssembly engine: a large grammar such as C++ takes the JavaScript one seconds to get going.
  starting ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createOnigurumaEngine(import('shiki/wasm')),
  });
  return starting;
}

const others: Record<string, string> = {
  conf: 'ini',
  dotenv: 'ini',
  golang: 'go',
  htmldjango: 'jinja-html',
  javascripts: 'javascript',
  'json with comments': 'jsonc',
  k8s: 'yaml',
  'objective-c': 'objc',
  pycon: 'python',
  python3: 'python',
  ps1: 'powershell',
  pwsh: 'powershell',
  shellscript: 'bash',
  terminal: 'bash',
  tf: 'terraform',
  gotemplate: 'go',
  'c++': 'cpp',
  protobuf: 'proto',
};

/** The language under the name Shiki has for it; undefined for text. */
export function languageOf(name: string): keyof typeof bundledLanguages | undefined {
  const lower = name.toLowerCase();
  for (const candidate of [lower, others[lower] ?? '']) {
    if (candidate in bundledLanguages) return candidate as keyof typeof bundledLanguages;
    if (candidate in bundledLanguagesAlias) return candidate as keyof typeof bundledLanguages;
  }
  return undefined;
}

/** Colours every code block and every marked inline span of a page. */
export async function highlight(tree: Root): Promise<void> {
  const codes = findAll(tree, 'code');
  if (codes.length === 0) return;
  const shiki = await highlighter();
  for (const { element, parent } of codes) {
    const source = element.children.map((child) => ('value' in child ? child.value : '')).join('');
    const name = nameOf(element);
    const info = infoOf(element);
    const isBlock = parent.type === 'element' && parent.tagName === 'pre';
    if (isBlock && hasClass(parent, 'diagram')) continue;
    const lines = await tokensOf(shiki, source.replace(/\n$/u, ''), name);
    element.properties = {};
    if (isBlock) block(parent, element, lines, { ...info, name });
    else if (name) inline(element, lines);
  }
}

export interface BlockInfo {
  title?: string;
  lineNumbers?: number;
  marked?: number[];
  isAnnotated?: boolean;
}

function nameOf(code: Element): string {
  const classes = (code.properties['className'] ?? []) as string[];
  return classes.find((each) => each.startsWith('language-'))?.slice('language-'.length) ?? '';
}

/** What the fence said, checked: the attribute could also be written by hand. */
export function infoOf(code: Element): BlockInfo {
  const text = code.properties['dataInfo'];
  if (typeof text !== 'string') return {};
  try {
    const { title, lineNumbers, marked, isAnnotated } = JSON.parse(text) as Record<string, unknown>;
    return {
      ...(typeof title === 'string' && { title }),
      ...(Number.isSafeInteger(lineNumbers) && { lineNumbers: lineNumbers as number }),
      ...(Array.isArray(marked) && { marked: marked.filter(Number.isSafeInteger).slice(0, 5_000) }),
      ...(isAnnotated === true && { isAnnotated }),
    };
  } catch {
    return {};
  }
}

const known = new Map<string, Line[]>();

async function tokensOf(shiki: HighlighterCore, source: string, name: string): Promise<Line[]> {
  const language = name ? languageOf(name) : undefined;
  if (!language || source.length > mostCharacters) return plain(source);
  const key = `${language}\n${source}`;
  const cached = known.get(key);
  if (cached) return cached;
  if (!shiki.getLoadedLanguages().includes(language)) {
    await shiki.loadLanguage(bundledLanguages[language]);
  }
  const { tokens } = shiki.codeToTokens(source, {
    lang: language,
    theme: 'meanings',
    tokenizeMaxLineLength: longestLine,
    tokenizeTimeLimit: 500,
  });
  const lines = tokens.map((line) => merge(line));
  if (known.size > 500) known.clear();
  if (source.length < 10_000) known.set(key, lines);
  return lines;
}

function plain(source: string): Line[] {
  return source.split('\n').map((text) => [{ text, className: undefined }]);
}

/** Neighbours of one class become one token; blanks join whatever they follow. */
function merge(tokens: ThemedToken[]): Line {
  const line: Line = [];
  for (const { content, color } of tokens) {
    const className = classOf.get(color?.toLowerCase() ?? '');
    const last = line[line.length - 1];
    if (last && (last.className === className || content.trim() === '')) last.text += content;
    else line.push({ text: content, className });
  }
  return line;
}

function spans(line: Line): ElementContent[] {
  return line.map(({ text, className }) =>
    className
      ? {
          type: 'element',
          tagName: 'span',
          properties: { className: [`t-${className}`] },
          children: [{ type: 'text', value: text }],
        }
      : { type: 'text', value: text },
  );
}

function inline(code: Element, lines: Line[]): void {
  code.children = lines.flatMap((line) => spans(line));
}

function block(
  pre: Element,
  code: Element,
  lines: Line[],
  info: BlockInfo & { name: string },
): void {
  const needsLines = info.lineNumbers !== undefined || (info.marked?.length ?? 0) > 0;
  const marked = new Set(info.marked);
  code.children = lines.flatMap((line, index): ElementContent[] => {
    const content = spans(info.isAnnotated ? joinMarkers(line) : line);
    if (!needsLines) return index === 0 ? content : [{ type: 'text', value: '\n' }, ...content];
    const properties: Element['properties'] = {
      className: marked.has(index + 1) ? ['line', 'marked'] : ['line'],
    };
    if (info.lineNumbers !== undefined) properties['dataLine'] = String(info.lineNumbers + index);
    const end: ElementContent = { type: 'text', value: '\n' };
    return [{ type: 'element', tagName: 'span', properties, children: [...content, end] }];
  });
  const classes = info.isAnnotated ? ['code', 'annotate'] : ['code'];
  pre.properties = { ...pre.properties, className: classes, tabIndex: 0 };
  if (info.name) pre.properties['dataLanguage'] = info.name.toLowerCase();
  if (info.title) titled(pre, info.title);
}

/** The block becomes a figure; the element itself must stay where its parent holds it. */
function titled(pre: Element, title: string): void {
  const inner: Element = { ...pre };
  pre.tagName = 'figure';
  pre.properties = { className: ['code-figure'] };
  pre.children = [
    {
      type: 'element',
      tagName: 'figcaption',
      properties: { className: ['code-title'] },
      children: [{ type: 'text', value: title }],
    },
    inner,
  ];
}

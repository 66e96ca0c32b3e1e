/** Which Markdown a site is written in: the extensions in use, in the form that workers and caches can compare. */
import type { Processor } from 'unified';

import { syntaxOf } from './dialect/parse.ts';
import type { BlockRule, InlineRule, SourceRule, Syntax, TreeRule } from './dialect/rules.ts';
import { abbreviations } from './syntax/abbreviations.ts';
import { alertBlocks } from './syntax/alerts.ts';
import { admonitions, admonitionTitles, details, tabs } from './syntax/containers.ts';
import { coreBlocks } from './syntax/core-blocks.ts';
import { coreInlines } from './syntax/core-inlines.ts';
import { critic } from './syntax/critic.ts';
import { definitionLists } from './syntax/definition-lists.ts';
import { diagramBlocks } from './syntax/diagram-blocks.ts';
import { emoji } from './syntax/emoji.ts';
import { emphasisRule } from './syntax/emphasis.ts';
import { fences } from './syntax/fences.ts';
import { footnoteBlocks, footnoteList, footnoteMarks } from './syntax/footnotes.ts';
import { htmlBlocks, markdownInHtml } from './syntax/html-blocks.ts';
import { keys } from './syntax/keys.ts';
import { hardBreaks } from './syntax/line-breaks.ts';
import { listRules } from './syntax/lists.ts';
import { magicLinks } from './syntax/magic-links.ts';
import { mathBlocks, mathSpans } from './syntax/math.ts';
import { slashBlocks } from './syntax/slash-blocks.ts';
import { includes, snippets } from './syntax/snippets.ts';
import { tables } from './syntax/tables.ts';
import { taskLists } from './syntax/task-lists.ts';

export interface Dialect {
  /** Names of `features`, sorted. */
  features: readonly Feature[];
  /** Spaces that nest a list: 4 as in Python-Markdown, 2 as with mdx_truly_sane_lists. */
  listIndent: 2 | 4;
  /** Lists of different kinds do not merge (sane_lists). */
  saneLists: boolean;
  /** Options behind a fence's language count; without Pygments they make it no fence. */
  fenceOptions: boolean;
  slugs: 'ascii' | 'unicode';
}

interface Parts {
  sources?: readonly SourceRule[];
  blocks?: readonly BlockRule[];
  trees?: readonly TreeRule[];
  inlines?: readonly InlineRule[];
  escapable?: string;
}

/** Everything that can be switched on, by the name it goes by in MkDocs. */
const features = {
  abbreviations: { blocks: [abbreviations] },
  admonitions: { blocks: [admonitions], trees: [admonitionTitles] },
  alerts: { blocks: [alertBlocks] },
  'attribute-lists': {},
  caret: { inlines: [emphasisRule('caret')], escapable: '^ ' },
  critic: { inlines: [critic] },
  'definition-lists': { blocks: definitionLists },
  details: { blocks: [details] },
  'diagram-blocks': { sources: [diagramBlocks] },
  emoji: { inlines: [emoji] },
  footnotes: { blocks: [footnoteBlocks], trees: [footnoteList], inlines: [footnoteMarks] },
  'hard-breaks': { inlines: [hardBreaks] },
  includes: { sources: [includes] },
  keys: { inlines: [keys], escapable: '+' },
  'magic-links': { inlines: magicLinks },
  mark: { inlines: [emphasisRule('mark')], escapable: '=' },
  math: { blocks: [mathBlocks], inlines: [mathSpans], escapable: '$' },
  'slash-blocks': { blocks: [slashBlocks] },
  'smart-quotes': { escapable: '"\'' },
  'smart-symbols': {},
  snippets: { sources: [snippets] },
  tables: { blocks: [tables], escapable: '|' },
  tabs: { blocks: [tabs] },
  'task-lists': { trees: [taskLists] },
  tilde: { inlines: [emphasisRule('tilde')], escapable: '~' },
} satisfies Record<string, Parts>;

export type Feature = keyof typeof features;
export const allFeatures = Object.keys(features) as Feature[];

/** What mkdocs-techdocs-core switches on. */
export const techdocsFeatures: readonly Feature[] = allFeatures.filter(
  (name) => !['hard-breaks', 'keys', 'math', 'slash-blocks', 'smart-quotes'].includes(name),
);

/** A remark plugin that registers the rules of a dialect. */
export function remarkDialect(this: Processor, dialect: Dialect): void {
  // oxlint-disable-next-line oxc/no-this-in-exported-function -- how unified hands a plugin its processor
  const syntax = syntaxOf(this);
  syntax.listIndent = dialect.listIndent;
  add(syntax, { blocks: coreBlocks, inlines: coreInlines });
  add(syntax, { blocks: listRules(dialect.listIndent, dialect.saneLists) });
  add(syntax, { inlines: [emphasisRule('star'), emphasisRule('underscore')] });
  add(syntax, { sources: [fences(dialect.fenceOptions), htmlBlocks], blocks: [markdownInHtml] });
  for (const name of dialect.features) add(syntax, features[name]);
}

function add(syntax: Syntax, parts: Parts): void {
  syntax.sources.push(...(parts.sources ?? []));
  syntax.blocks.push(...(parts.blocks ?? []));
  syntax.trees.push(...(parts.trees ?? []));
  syntax.inlines.push(...(parts.inlines ?? []));
  for (const character of parts.escapable ?? '') syntax.escapable.add(character);
}

import type { Root } from 'mdast';
import type { Processor } from 'unified';
import type { VFile } from 'vfile';

import { Block } from './block.ts';
import { BlockParser } from './block-parser.ts';
import { toMdast } from './mdast.ts';
import { Page } from './page.ts';
import { close, emptySyntax, open, type Syntax } from './rules.ts';

declare module 'unified' {
  interface Data {
    /** Rules of the Markdown in use, added by syntax plugins. */
    markdownSyntax?: Syntax;
  }
}

declare module 'vfile' {
  interface DataMap {
    page: Page;
    /** Reads a file the page includes. */
    include: Page['include'];
  }
}

/** The rules registered on a processor so far. */
export function syntaxOf(processor: Processor): Syntax {
  const data = processor.data();
  return (data.markdownSyntax ??= emptySyntax());
}

/* oxlint-disable oxc/no-this-in-exported-function -- unified hands a plugin its processor as `this` */
/** A remark parser for Python-Markdown: same blocks, same order of spans, mdast out. */
export default function remarkPythonMarkdown(this: Processor): void {
  this.parser = parserOf(syntaxOf(this));
}
/* oxlint-enable */

function parserOf(syntax: Syntax): (document: string, file: VFile) => Root {
  return function parse(document, file) {
    for (const rules of [syntax.sources, syntax.blocks, syntax.trees, syntax.inlines]) {
      rules.sort((a: { priority: number }, b: { priority: number }) => b.priority - a.priority);
    }
    const page = new Page(syntax, file.data.include);
    file.data.page = page;
    return parsePage(document, page);
  };
}

/** Where whitespace is made equal, between includes and everything else. */
const normal = 30;

function parsePage(document: string, page: Page): Root {
  const { sources, trees } = page.syntax;
  let text = document;
  for (const rule of sources) if (rule.priority > normal) text = rule.run(text, page);
  text = normalise(text);
  for (const rule of sources) if (rule.priority <= normal) text = rule.run(text, page);

  const root = new Block('root');
  const parser = new BlockParser(page);
  parser.parseText(root, text);
  for (const rule of trees) rule.run(root, page, parser);
  return toMdast(root, page);
}

/** One kind of line end, no tabs, nothing that looks like a placeholder. */
function normalise(text: string): string {
  const clean = text.replaceAll(open, '').replaceAll(close, '').replace(/\r\n?/gu, '\n');
  return `${expandTabs(clean)}\n\n`.replace(/(?<=\n) +\n/gu, '\n');
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  return text
    .split('\n')
    .map((line) => (line.includes('\t') ? expandLine(line) : line))
    .join('\n');
}

function expandLine(line: string): string {
  let output = '';
  for (const part of line.split(/(\t)/u)) {
    output += part === '\t' ? ' '.repeat(4 - (output.length % 4)) : part;
  }
  return output;
}

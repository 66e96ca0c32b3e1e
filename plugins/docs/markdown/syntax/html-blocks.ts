/** HTML that starts a line is taken out of the text whole; `markdown` attributes let Markdown back in (md_in_html). */
import { Block } from '../dialect/block.ts';
import type { BlockParser } from '../dialect/block-parser.ts';
import { walkTags } from '../dialect/html-tokens.ts';
import type { Page } from '../dialect/page.ts';
import { close, open, stashPlace, type BlockRule, type SourceRule } from '../dialect/rules.ts';
import { codeHtml } from './fences.ts';
import { HtmlReader, type MarkdownState } from './html-reader.ts';

export const htmlBlocks: SourceRule = { name: 'html', priority: 20, run: takeHtml };
export const markdownInHtml: BlockRule = { name: 'markdown-in-html', priority: 105, run: place };

function takeHtml(source: string, page: Page): string {
  if (!source.includes('<')) return source;
  const reader = new HtmlReader(source, page);
  walkTags(source, reader);
  return reader.finish();
}

const wholePlace = new RegExp(`^${open}h(\\d+)${close}`, 'u');

/** Puts an element whose content is Markdown where its placeholder stands. */
function place(parent: Block, blocks: string[], parser: BlockParser): boolean {
  const match = wholePlace.exec(blocks[0]!);
  const stashed = match && parser.page.stash[Number(match[1])];
  if (!stashed || stashed.kind !== 'block') return false;
  blocks.shift();
  readContent(stashed.block, parser);
  parent.append(stashed.block);
  return true;
}

function readContent(block: Block, parser: BlockParser): void {
  const state = block.data['markdown'] as MarkdownState;
  if (state === 'block') {
    const children: Block[] = [...parsed(block.text)];
    for (const child of block.children) {
      const { tail } = child;
      child.tail = '';
      readContent(child, parser);
      children.push(child, ...parsed(tail));
    }
    block.text = '';
    block.children = children;
    return;
  }
  for (const child of block.children) readContent(child, parser);
  if (state !== 'span') {
    block.isLiteral = true;
    for (const child of block.children) child.data['isTailLiteral'] = true;
  }

  function parsed(text: string): Block[] {
    if (!text) return [];
    const holder = new Block('div');
    parser.parseText(holder, text.replace(/\n+$/u, ''));
    return holder.children;
  }
}

/** The raw HTML with what was stashed inside put back. */
export function restoreHtml(text: string, page: Page): string {
  if (!text.includes(open)) return text;
  return text.replace(stashPlace, (place, index: string) => {
    const stashed = page.stash[Number(index)];
    if (stashed?.kind === 'html') return restoreHtml(stashed.value, page);
    return stashed?.kind === 'node' && stashed.node.type === 'code'
      ? codeHtml(stashed.node)
      : place;
  });
}

import type { PhrasingContent, RootContent } from 'mdast';

import type { Block } from './block.ts';
import type { BlockParser } from './block-parser.ts';
import type { Page } from './page.ts';

/** Rewrites the source before blocks are looked for. Higher priorities run first. */
export interface SourceRule {
  name: string;
  priority: number;
  run(source: string, page: Page): string;
}

/**
 * Looks at the first block; takes what it understands off `blocks`, adds to `parent` and returns true.
 * Returning false hands the block, possibly changed, to the next rule.
 */
export interface BlockRule {
  name: string;
  priority: number;
  run(parent: Block, blocks: string[], parser: BlockParser): boolean;
}

/** Changes the tree of blocks before the text in it is read. */
export interface TreeRule {
  name: string;
  priority: number;
  run(root: Block, page: Page, parser: BlockParser): void;
}

/** What stands for a match: children given as text are read by the rules that follow. */
export interface Draft {
  type: string;
  children?: (string | Draft | PhrasingContent)[];
  [key: string]: unknown;
}

export type InlineResult =
  | { node: Draft | PhrasingContent | string; start: number; end: number }
  /** Nothing is made of it, and the search goes on behind it. */
  | { skipTo: number }
  | undefined;

/** Finds one kind of span in running text. */
export interface InlineRule {
  name: string;
  priority: number;
  /** The text is searched only when it holds one of these. */
  triggers: readonly string[];
  /** Sticky-free and global: `exec` walks over the text. */
  pattern: RegExp;
  /** Nodes below which the rule does not apply. */
  notIn?: readonly string[];
  run(match: RegExpExecArray, text: string, page: Page, source: Source): InlineResult;
}

/** What stood in the text where placeholders are now. */
export interface Source {
  /** As it was written. */
  written(text: string): string;
  /** As it reads. */
  plain(text: string): string;
}

/** Everything the syntax plugins register. */
export interface Syntax {
  sources: SourceRule[];
  blocks: BlockRule[];
  trees: TreeRule[];
  inlines: InlineRule[];
  /** Characters a backslash takes the meaning from. */
  escapable: Set<string>;
  /** Spaces a nested list needs. */
  listIndent: 2 | 4;
  /** `1.` after `-` starts a new list, and lists of one kind do not merge. */
  saneLists: boolean;
}

export function emptySyntax(): Syntax {
  return {
    sources: [],
    blocks: [],
    trees: [],
    inlines: [],
    escapable: new Set('\\`*_{}[]()>#+-.!'),
    listIndent: 4,
    saneLists: false,
  };
}

/** Raw HTML, or a finished node, that waits behind a placeholder until blocks and spans are known. */
export type Stashed =
  | { kind: 'html'; value: string }
  | { kind: 'block'; block: Block }
  | { kind: 'node'; node: RootContent };

export const open = '\u0002';
export const close = '\u0003';

/** The whole of a line that is one stashed thing. */
export const stashLine = new RegExp(`^([> ]*)${open}h(\\d+)${close}$`, 'u');
/** A stashed thing anywhere. */
export const stashPlace = new RegExp(`${open}h(\\d+)${close}`, 'gu');

/** Cuts a text at stashed things and keeps their placeholders. */
export const stashParts = new RegExp(`(${open}h\\d+${close})`, 'u');

/** An escaped character on its way through the rules. */
export function escaped(character: string): string {
  return `${open}${character.codePointAt(0)}${close}`;
}

const escapes = new RegExp(`${open}(\\d+)${close}`, 'gu');

/** Puts escaped characters back. */
export function unescape(text: string): string {
  return text.includes(open)
    ? text.replace(escapes, (_, code: string) => String.fromCodePoint(Number(code)))
    : text;
}

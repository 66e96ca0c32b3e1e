/** The spans of Markdown itself: code, escapes, links, images, autolinks, HTML, entities and line breaks. */
import type { PhrasingContent } from 'mdast';
import { decodeNamedCharacterReference } from 'decode-named-character-reference';

import { linkRules } from './links.ts';
import {
  escaped,
  open,
  stashLine,
  stashParts,
  type Draft,
  type InlineResult,
  type InlineRule,
  type Source,
} from '../dialect/rules.ts';
import type { Page } from '../dialect/page.ts';

export const coreInlines: readonly InlineRule[] = [
  {
    name: 'code',
    priority: 190,
    triggers: ['`'],
    pattern:
      /(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)(`+)((?::{3,}|#!)([\w#.+-]*)\s+)?(.+?)(?<!`)\2(?!`))/gsu,
    run: code,
  },
  { name: 'escape', priority: 180, triggers: ['\\'], pattern: /\\(.)/gsu, run: escape },
  ...linkRules,
  {
    name: 'autolink',
    priority: 120,
    triggers: ['<'],
    pattern: /<((?:ht|f)tps?:\/\/[^<>]*)>/giu,
    run: autolink,
  },
  {
    name: 'automail',
    priority: 110,
    triggers: ['@'],
    pattern: /<([^<> !]+@[^@<> ]+)>/gu,
    run: automail,
  },
  { name: 'break', priority: 100, triggers: ['  \n'], pattern: /  \n/gu, run: lineBreak },
  {
    name: 'html',
    priority: 90,
    triggers: ['<'],
    pattern: /(<(\/?[a-zA-Z][^<>@ ]*( [^<>]*)?|!--(?:(?!<!--|-->).)*--)>)/gsu,
    run: html,
  },
  {
    name: 'entity',
    priority: 80,
    triggers: ['&'],
    pattern: /&(#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);/gu,
    run: entity,
  },
];

function code(match: RegExpExecArray, _text: string, page: Page, source: Source): InlineResult {
  const span = { start: match.index, end: match.index + match[0].length };
  if (match[1]) return { node: match[1].replaceAll('\\\\', escaped('\\')), ...span };
  const value = match[5]!.trim();
  const language = match[4];
  if (value.includes(open)) return { node: codeAround(value, page, source), ...span };
  const properties = language ? { className: [`language-${language}`] } : {};
  return {
    node: { type: 'inlineCode', value, ...(language && { data: { hProperties: properties } }) },
    ...span,
  };
}

/** A span that reaches over a block which was put aside: the block stands in it, HTML as it was written. */
function codeAround(value: string, page: Page, source: Source): Draft {
  const children = value.split(stashParts).map((part) => {
    const stashed = page.stash[Number(stashLine.exec(part)?.[2])];
    return stashed?.kind === 'node'
      ? (stashed.node as PhrasingContent)
      : { type: 'text' as const, value: source.written(part) };
  });
  return { type: 'codeSpan', data: { hName: 'code' }, children };
}

function escape(match: RegExpExecArray, _text: string, page: Page): InlineResult {
  const end = match.index + match[0].length;
  if (!page.syntax.escapable.has(match[1]!)) return { skipTo: end };
  return { node: escaped(match[1]!), start: match.index, end };
}

function autolink(match: RegExpExecArray): InlineResult {
  const url = match[1]!;
  return {
    node: { type: 'link', url, children: [{ type: 'text', value: url }] },
    start: match.index,
    end: match.index + match[0].length,
  };
}

function automail(match: RegExpExecArray): InlineResult {
  const address = match[1]!.replace(/^mailto:/u, '');
  return {
    node: { type: 'link', url: `mailto:${address}`, children: [{ type: 'text', value: address }] },
    start: match.index,
    end: match.index + match[0].length,
  };
}

function lineBreak(match: RegExpExecArray): InlineResult {
  return { node: { type: 'break' }, start: match.index, end: match.index + 3 };
}

/** A tag stays text for the rules that follow, so that spans can reach across it. */
function html(match: RegExpExecArray, _text: string, page: Page, source: Source): InlineResult {
  return {
    node: page.storeHtml(source.written(match[1]!)),
    start: match.index,
    end: match.index + match[0].length,
  };
}

function entity(match: RegExpExecArray, _text: string, page: Page): InlineResult {
  const value = decode(match[1]!);
  if (value === undefined) return undefined;
  const place = page.store({
    kind: 'node',
    // Ids of headings leave out what an entity stands for.
    node: { type: 'text', value, data: { isEntity: true } } as never,
  });
  return { node: place, start: match.index, end: match.index + match[0].length };
}

function decode(name: string): string | undefined {
  if (!name.startsWith('#')) return decodeNamedCharacterReference(name) || undefined;
  const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 31 && code < 0x11_00_00 && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : '\uFFFD';
}

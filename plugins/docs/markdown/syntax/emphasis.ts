/** Emphasis by doubled marks: `*`, `_`, `^`, `~` and `=` share one engine and differ in their patterns. */
import type { Draft, InlineResult, InlineRule } from '../dialect/rules.ts';

/** `double` nests the second tag around the first text, `tail` around the last. */
type Shape = 'single' | 'double' | 'tail';
type Pattern = readonly [source: string, shape: Shape, ...tags: string[]];

interface Family {
  name: string;
  mark: string;
  priority: number;
  patterns: readonly Pattern[];
}

const word = '[\\p{L}\\p{N}_]';
const notWordBefore = `(?<!${word})`;
const notWordAfter = `(?!${word})`;
const smart = '(.+?\\**?)';
const starBefore = '(?:(?<=_)|(?<![\\p{L}\\p{N}_*]))';
const starAfter = '(?:(?=_)|(?![\\p{L}\\p{N}_*]))';
const under = '(.+?_*?)';

function starSpan(width: number): string {
  return `${starBefore}(\\*{${width}})(?![\\s*])${smart}(?<!\\s)\\1${starAfter}`;
}

function underSpan(width: number): string {
  return `${notWordBefore}(_{${width}})(?![\\s_])${under}(?<!\\s)\\1${notWordAfter}`;
}

/** `mark` three times, then two different closings. */
function starMixed(first: number, second: number): string {
  return `${starBefore}(\\*{3})(?![\\s*])${smart}(?<!\\s)\\*{${first}}${starAfter}${smart}(?<!\\s)\\*{${second}}${starAfter}`;
}

function underMixed(first: number, second: number): string {
  return `${notWordBefore}(_{3})(?![\\s_])${under}(?<!\\s)_{${first}}${notWordAfter}${under}(?<!\\s)_{${second}}${notWordAfter}`;
}

const families: readonly Family[] = [
  {
    name: 'caret',
    mark: '^',
    priority: 65,
    patterns: pairs('\\^', 'ins', 'sup', '[^\\s]', '(.+?\\^*?)'),
  },
  {
    name: 'tilde',
    mark: '~',
    priority: 65,
    patterns: pairs('~', 'del', 'sub', '[^\\s]', '(.+?~*?)'),
  },
  {
    name: 'mark',
    mark: '=',
    priority: 65,
    patterns: [
      [
        '(?:(?<=_)|(?<![\\p{L}\\p{N}_=]))(={2})(?![\\s=])((?:(?<=\\s)=+?(?=\\s)|.)+?=*?)(?<!\\s)\\1(?:(?=_)|(?![\\p{L}\\p{N}_=]))',
        'single',
        'mark',
      ],
    ],
  },
  {
    name: 'star',
    mark: '*',
    priority: 50,
    patterns: [
      [starSpan(3), 'double', 'strong', 'emphasis'],
      [starMixed(2, 1), 'double', 'emphasis', 'strong'],
      [starMixed(1, 2), 'double', 'strong', 'emphasis'],
      [starSpan(2), 'single', 'strong'],
      [starSpan(1), 'single', 'emphasis'],
    ],
  },
  {
    name: 'underscore',
    mark: '_',
    priority: 40,
    patterns: [
      [underSpan(3), 'double', 'strong', 'emphasis'],
      [underMixed(2, 1), 'double', 'emphasis', 'strong'],
      [underMixed(1, 2), 'double', 'strong', 'emphasis'],
      [underSpan(2), 'single', 'strong'],
      [underSpan(1), 'single', 'emphasis'],
    ],
  },
];

/** Two marks for one tag, one mark for the other: `^^ins^^` and `^sup^`, `~~del~~` and `~sub~`. */
function pairs(
  mark: string,
  two: string,
  one: string,
  inside: string,
  smartContent: string,
): Pattern[] {
  const content = `(${mark}|${inside}+?)`;
  const before = `(?:(?<=_)|(?<![\\p{L}\\p{N}_${mark}]))`;
  const after = `(?:(?=_)|(?![\\p{L}\\p{N}_${mark}]))`;
  const start = `(${mark}{3})(?![\\s${mark}])${content}(?<!\\s)`;
  return [
    [`${start}\\1`, 'double', two, one],
    [`${start}${mark}{2}${after}${content}(?<!\\s)${mark}`, 'double', one, two],
    [`${start}${mark}${after}${smartContent}(?<!\\s)${mark}{2}`, 'double', two, one],
    [`${before}(${mark}{2})(?![\\s${mark}])${smartContent}(?<!\\s)\\1${after}`, 'single', two],
    [`(${mark})(?!\\s)${content}(?<!\\s)\\1`, 'single', one],
  ];
}

/** The rule of one family. */
export function emphasisRule(name: string): InlineRule {
  const family = families.find((each) => each.name === name)!;
  const patterns = family.patterns.map(
    ([source, shape, ...tags]) => ({ regex: new RegExp(source, 'suy'), shape, tags }) as const,
  );

  function run(match: RegExpExecArray, text: string): InlineResult {
    const found = matchAt(text, match.index, -1);
    return found && { node: found.node, start: match.index, end: found.end };
  }

  function matchAt(
    text: string,
    at: number,
    after: number,
  ): { node: Draft; end: number } | undefined {
    for (const [index, { regex, shape, tags }] of patterns.entries()) {
      if (index <= after) continue;
      regex.lastIndex = at;
      const match = regex.exec(text);
      if (match) return { node: build(match, shape, tags, index), end: at + match[0].length };
    }
    return undefined;
  }

  function build(
    match: RegExpExecArray,
    shape: Shape,
    tags: readonly string[],
    index: number,
  ): Draft {
    const first = inside(match[2]!, index);
    if (shape === 'single') return element(tags[0]!, first);
    const rest = match[3] === undefined ? [] : inside(match[3], index);
    if (shape === 'double') return element(tags[0]!, [element(tags[1]!, first), ...rest]);
    return element(tags[0]!, [...first, element(tags[1]!, rest)]);
  }

  /** Narrower marks of the same family inside a match are read at once, other rules later. */
  function inside(text: string, index: number): (string | Draft)[] {
    const parts: (string | Draft)[] = [];
    let from = 0;
    for (let at = text.indexOf(family.mark); at !== -1; at = text.indexOf(family.mark, at)) {
      const found = matchAt(text, at, index);
      if (!found) {
        at += 1;
        continue;
      }
      if (at > from) parts.push(text.slice(from, at));
      parts.push(found.node);
      from = found.end;
      at = found.end;
    }
    if (from < text.length) parts.push(text.slice(from));
    return parts;
  }

  return {
    name: family.name,
    priority: family.priority,
    triggers: [family.mark],
    pattern: new RegExp(
      `\\${family.mark}`.replace('\\=', '=').replace('\\_', '_').replace('\\~', '~'),
      'gu',
    ),
    run,
  };
}

const markdownTags = new Set(['strong', 'emphasis']);

function element(tag: string, children: (string | Draft)[]): Draft {
  if (markdownTags.has(tag)) return { type: tag, children };
  if (tag === 'del') return { type: 'delete', children };
  return { type: tag, data: { hName: tag }, children };
}

import { isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';

import type { Finding } from './definition.ts';
import { limits } from './limits.ts';

export type Path = readonly (string | number)[];

/** A YAML or JSON definition as plain values, with a way from fields to places. */
export interface ParsedDocument {
  value: unknown;
  placeOf(path: Path): { line?: number; column?: number };
}

const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads YAML or JSON; a finding says why it could not. */
export function parseText(text: string): ParsedDocument | Finding {
  const fast = fromJson(text);
  if (fast !== undefined) {
    const value = clean(fast);
    if (value === tooMuch) return tooLarge();
    // Places are asked for only when something is wrong: JSON is YAML then.
    let slow: ParsedYaml | undefined;
    return { value, placeOf: (path) => placeIn((slow ??= parseYaml(text)), path) };
  }
  const parsed = parseYaml(text);
  const [error] = parsed.document.errors;
  if (error) {
    const { line, col } = parsed.lines.linePos(error.pos[0]);
    return {
      code: 'apis/syntax',
      message: `The definition is not valid YAML or JSON: ${sentence(error.message)}`,
      hint: 'Correct it at the line given.',
      line,
      column: col,
    };
  }
  const repeated = repeatedKey(parsed);
  if (repeated) return repeated;
  try {
    const value = clean(parsed.document.toJS({ maxAliasCount: limits.aliases }));
    if (value !== tooMuch) return { value, placeOf: (path) => placeIn(parsed, path) };
  } catch {
    // `yaml` throws when aliases multiply too far.
  }
  return tooLarge();
}

interface ParsedYaml {
  document: Document.Parsed;
  lines: LineCounter;
}

function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    // Its own check compares every key with every other: seconds for a map of thousands.
    uniqueKeys: false,
  });
  return { document, lines };
}

/** The first key that occurs twice in one map. */
function repeatedKey({ document, lines }: ParsedYaml): Finding | undefined {
  let finding: Finding | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key) || String(key.value) === '<<') continue;
        const name = String(key.value);
        if (!keys.has(name)) {
          keys.add(name);
          continue;
        }
        const { line, col } = lines.linePos(key.range?.[0] ?? 0);
        finding = {
          code: 'apis/syntax',
          message: `The key \`${name}\` occurs twice in one map, expected once.`,
          hint: 'Remove or rename one of the two.',
          line,
          column: col,
        };
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return finding;
}

function fromJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where a field stands, or the nearest one around it that exists. */
function placeIn({ document, lines }: ParsedYaml, path: Path): { line?: number; column?: number } {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (!node?.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

const tooMuch = Symbol('too much');

/** A copy without prototype keys; `tooMuch` when it is larger or deeper than the limits. */
function clean(value: unknown): unknown {
  let count = 0;
  let isTooMuch = false;
  function copy(value: unknown, depth: number): unknown {
    count++;
    if (count > limits.values || depth > limits.depth) isTooMuch = true;
    if (isTooMuch || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value))
      if (!unsafeKeys.has(key)) result[key] = copy(item, depth + 1);
    return result;
  }
  const copied = copy(value, 0);
  return isTooMuch ? tooMuch : copied;
}

/** What is said of a definition that goes past the limits. */
export function tooLarge(): Finding {
  return {
    code: 'apis/too-large',
    message: `The definition is larger than a page can show, expected at most ${limits.characters / 1024 / 1024} MiB, ${limits.values.toLocaleString('en')} values and ${limits.depth} levels.`,
    hint: 'Split it into several APIs, or register a part of it. It is offered for download as it is.',
  };
}

function sentence(text: string): string {
  const line = text.split('\n')[0]!.trim().replace(/:$/, '');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

import { Composer, LineCounter, Parser, type Document } from 'yaml';

import { limits } from './limits.ts';
import { positionAt, type Position } from './positions.ts';
import { sanitize } from './sanitize.ts';

/** Something wrong with a file or document as YAML; `code` is without the plugin's name. */
export interface YamlFinding extends Position {
  code: string;
  severity: 'error' | 'warning';
  message: string;
  hint?: string;
}

/** One YAML document of a file. */
export interface YamlDocument {
  index: number;
  /** Its text as committed, without the `---` before it. */
  raw: string;
  /** Where its content starts. */
  start: Position;
  /** Plain JSON values; undefined where an error made it unreadable. */
  value: unknown;
  findings: YamlFinding[];
  document: Document;
  lines: LineCounter;
}

/** Reads a file's documents one after another, so that a large file is never in memory as a whole tree. Empty ones are skipped. */
export function* readDocuments(text: string): Generator<YamlDocument> {
  const lines = new LineCounter();
  // The same rules as Backstage's parser: YAML 1.2 core, merge keys off, no tags but the standard ones.
  const composer = new Composer({
    lineCounter: lines,
    merge: false,
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  let index = 0;
  for (const document of composer.compose(new Parser(lines.addNewLine).parse(text))) {
    if (index >= limits.documents) {
      yield tooMany(document, lines, index);
      return;
    }
    const read = readDocument(document, lines, text, index);
    index += 1;
    if (read) yield read;
  }
}

function readDocument(
  document: Document,
  lines: LineCounter,
  text: string,
  index: number,
): YamlDocument | undefined {
  const [from, , to] = document.range ?? [0, 0, 0];
  const raw = text
    .slice(from, to)
    .replace(/^\uFEFF?(?:%.*\n)*---[ \t]*(?:\r?\n|$)/, '')
    .replace(/\r?\n\.\.\.[ \t]*\r?\n?$/, '\n');
  const findings = syntaxFindings(document, lines, text);
  const start = positionAt(lines, document.contents?.range?.[0] ?? from);
  const base = { index, raw, start, findings, document, lines };
  if (findings.length > 0) return { ...base, value: undefined };
  if (document.contents === null) return undefined;

  for (const warning of document.warnings) {
    const tag = /Unresolved tag: (.*)/.exec(warning.message)?.[1] ?? warning.message;
    findings.push({
      code: 'yaml-tag',
      severity: 'warning',
      message: `Unexpected tag \`${tag}\`, expected plain YAML.`,
      hint: 'Remove the tag: the value is read as if it were not there.',
      ...positionAt(lines, warning.pos[0]),
    });
  }
  const value = plainValue(document, findings, start);
  if (value === null) return undefined;
  return { ...base, value };
}

function plainValue(document: Document, findings: YamlFinding[], start: Position): unknown {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: limits.aliases });
  } catch (error) {
    findings.push({
      ...start,
      code: 'yaml-aliases',
      severity: 'error',
      ...aliasMessage(error instanceof Error ? error.message : String(error)),
    });
    return undefined;
  }
  const { clean, dropped, isTooDeep, isTooLarge } = sanitize(value);
  if (isTooDeep) {
    findings.push({ ...start, code: 'yaml-syntax', severity: 'error', ...depthMessage });
    return undefined;
  }
  if (isTooLarge) {
    findings.push({ ...start, code: 'yaml-aliases', severity: 'error', ...aliasesMessage });
    return undefined;
  }
  for (const key of dropped) {
    findings.push({
      ...start,
      code: 'unsafe-key',
      severity: 'warning',
      message: `Unexpected key \`${key}\`, expected none of __proto__, constructor, prototype. It is left out.`,
      hint: 'Rename the key: these names have a meaning of their own in JavaScript.',
    });
  }
  return clean;
}

const depthMessage = {
  message: `The document nests deeper than ${limits.depth} levels, expected fewer.`,
  hint: 'Check for brackets that never close.',
};

const aliasesMessage = {
  message: `Aliases multiply this document more than ${limits.aliases} times or past ${limits.documentSize / 1024 / 1024} MiB, expected less.`,
  hint: 'Write the repeated parts out instead of nesting anchors in anchors.',
};

function aliasMessage(reason: string): { message: string; hint: string } {
  if (reason.startsWith('Excessive alias count')) return aliasesMessage;
  if (reason.startsWith('Unresolved alias'))
    return {
      message: `${reason}, expected an anchor of that name before it.`,
      hint: 'Define the anchor in the same document, above its alias.',
    };
  return { message: `The document cannot be read: ${reason}.`, hint: 'Simplify its YAML.' };
}

/** The first error at each place; what follows the tenth follows from it. */
function syntaxFindings(document: Document, lines: LineCounter, text: string): YamlFinding[] {
  const byPlace = new Map(document.errors.toReversed().map((error) => [error.pos[0], error]));
  const tooDeep = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (tooDeep) return [syntaxFinding(tooDeep, lines, text)];
  return [...byPlace.values()]
    .sort((a, b) => a.pos[0] - b.pos[0])
    .slice(0, 10)
    .map((error) => syntaxFinding(error, lines, text));
}

function syntaxFinding(
  error: Document['errors'][number],
  lines: LineCounter,
  text: string,
): YamlFinding {
  const at = positionAt(lines, error.pos[0]);
  if (error.code === 'RESOURCE_EXHAUSTION')
    return { ...at, code: 'yaml-syntax', severity: 'error', ...depthMessage };
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^["']?[\w./-]+/.exec(text.slice(error.pos[0], error.pos[0] + 100))?.[0] ?? '';
    return {
      ...at,
      code: 'yaml-syntax',
      severity: 'error',
      message: `The key \`${key}\` occurs twice in one map, expected every key once.`,
      hint: 'Remove or rename one of them.',
    };
  }
  return {
    ...at,
    code: 'yaml-syntax',
    severity: 'error',
    message: `Not valid YAML: ${error.message}.`,
    hint: syntaxHints[error.code] ?? syntaxHints['BAD_SCALAR_START']!,
  };
}

const indentation = 'Indent with spaces, by the same amount for all keys of a map.';
const nested = 'Quote values that hold a `: `.';
const syntaxHints: Readonly<Record<string, string>> = {
  BAD_SCALAR_START: 'Quote values that start with a special character such as % @ ` { [ & * ! | >.',
  BAD_INDENT: indentation,
  TAB_AS_INDENT: indentation,
  BLOCK_AS_IMPLICIT_KEY: nested,
  MULTILINE_IMPLICIT_KEY: nested,
  MISSING_CHAR: 'Look for a `:`, quote or bracket that is missing here or on the line before.',
};

function tooMany(document: Document, lines: LineCounter, index: number): YamlDocument {
  const start = positionAt(lines, document.range?.[0] ?? 0);
  const finding: YamlFinding = {
    ...start,
    code: 'file-too-large',
    severity: 'error',
    message: `The file holds more than ${limits.documents} documents, expected fewer. The rest is left out.`,
    hint: 'Split it into several files.',
  };
  return { index, raw: '', start, value: undefined, findings: [finding], document, lines };
}

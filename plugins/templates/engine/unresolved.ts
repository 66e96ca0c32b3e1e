import type { Unresolved } from './types.ts';

/** A variable as a template reads it, e.g. `values.owner.name`. */
export interface Reference {
  /** Dotted path, at most three names deep. */
  path: string[];
  offset: number;
  /** Followed by `default`, tested by `if` or `is defined`, or inside a block that was: having no value is foreseen. */
  isGuarded: boolean;
}

const tag = /\$\{\{-?([\s\S]*?)-?\}\}|\{%-?([\s\S]*?)-?%\}/g;
const cookiecutterTag = /\{\{-?([\s\S]*?)-?\}\}|\{%-?([\s\S]*?)-?%\}/g;

/** Variables below the given roots that a text reads. A reader of the surface, not a parser: it never fails. */
export function referencesIn(
  source: string,
  roots: readonly string[],
  options: { cookiecutterCompat?: boolean } = {},
): Reference[] {
  const found: Reference[] = [];
  const name = new RegExp(
    String.raw`(?<![\w.'"\]])(${roots.join('|')})((?:\.[A-Za-z_$][\w$]*|\[\s*(?:'[^']*'|"[^"]*")\s*\])+)`,
    'g',
  );
  let isRaw = false;
  /** What the conditions of the blocks around a tag read. */
  const tested: string[][] = [];
  for (const match of source.matchAll(options.cookiecutterCompat ? cookiecutterTag : tag)) {
    const body = match[1] ?? match[2] ?? '';
    const isBlock = match[2] !== undefined;
    const word = isBlock ? /^\s*(\w+)/.exec(body)?.[1] : undefined;
    if (word === 'raw' || word === 'verbatim') isRaw = true;
    if (word === 'endraw' || word === 'endverbatim') isRaw = false;
    if (isRaw) continue;
    if (word === 'endif') tested.pop();
    const read = [...body.matchAll(name)].map((reference) => namesOf(reference).join('.'));
    if (word === 'if') tested.push(read);
    if (word === 'elif') tested.at(-1)?.push(...read);
    const isGuarded =
      word === 'if' ||
      word === 'elif' ||
      /\b(default|d)\s*\(|\bis\s+(not\s+)?defined|\bor\b|\bif\b/.test(body);
    const start = match.index + match[0].indexOf(body);
    for (const reference of body.matchAll(name)) {
      const path = namesOf(reference);
      found.push({
        path,
        offset: start + reference.index,
        isGuarded: isGuarded || tested.flat().includes(path.join('.')),
      });
    }
  }
  return found;
}

/** References that lead nowhere in `context` and are not guarded, with their places in the file. */
export function unresolvedIn(
  source: string,
  file: string,
  context: Record<string, unknown>,
  options: { cookiecutterCompat?: boolean } = {},
): Unresolved[] {
  const found: Unresolved[] = [];
  for (const { path, offset, isGuarded } of referencesIn(source, Object.keys(context), options)) {
    if (isGuarded || !isMissing(path, context)) continue;
    const { line, column } = placeOf(source, offset);
    found.push({ file, name: path.join('.'), line, column });
  }
  return found;
}

/** Line and column of an offset, from 1. */
export function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function namesOf(match: RegExpExecArray | RegExpMatchArray): string[] {
  const rest = match[2]!.matchAll(/\.([A-Za-z_$][\w$]*)|\[\s*['"]([^'"]*)['"]\s*\]/g);
  return [match[1]!, ...[...rest].map((part) => part[1] ?? part[2]!)];
}

/** Missing at the first name below the root, or below an object: texts and lists have methods of their own. */
function isMissing(path: readonly string[], context: Record<string, unknown>): boolean {
  let value: unknown = context;
  for (const key of path) {
    if (value === undefined || value === null) return true;
    if (typeof value !== 'object' || Array.isArray(value)) return false;
    if (!Object.hasOwn(value, key)) return true;
    value = (value as Record<string, unknown>)[key];
  }
  return value === undefined;
}

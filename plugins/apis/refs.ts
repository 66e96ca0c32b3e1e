import type { ParsedDocument, Path } from './document.ts';
import type { Finding } from './definition.ts';
import { isMap } from './json.ts';
import { limits } from './limits.ts';

/** Local references of one definition. */
export interface Refs {
  /** What a value leads to: itself, or the end of its chain of `$ref`s; undefined when that leads nowhere. */
  follow(value: unknown): unknown;
}

/** Follows `#/…` references inside a definition; others are never followed. */
export function refsOf(root: unknown): Refs {
  return {
    follow(value) {
      let current = value;
      for (let hop = 0; hop < limits.hops; hop++) {
        const ref = refIn(current);
        if (ref === undefined) return current;
        const path = pointerPath(ref);
        current = path && at(root, path);
      }
      return undefined;
    },
  };
}

/** The `$ref` of a value, where it is one. */
export function refIn(value: unknown): string | undefined {
  return isMap(value) && typeof value['$ref'] === 'string' ? value['$ref'] : undefined;
}

/** Last part of a reference: the name people know it by. */
export function refName(ref: string): string {
  return pointerPath(ref)?.at(-1) ?? ref.split(/[/#]/).findLast(Boolean) ?? ref;
}

/** Says which references lead nowhere, and which are not followed. */
export function* checkRefs({ value, placeOf }: ParsedDocument): Generator<Finding> {
  let missing = 0;
  let remote = 0;
  for (const { ref, path } of allRefs(value)) {
    const local = pointerPath(ref);
    if (!local) {
      if (remote++ < limits.problems) yield { ...remoteRef(ref), ...placeOf(path) };
    } else if (at(value, local) === undefined && missing++ < limits.problems) {
      yield { ...missingRef(ref), ...placeOf(path) };
    }
  }
}

function missingRef(ref: string): Finding {
  return {
    code: 'apis/unresolved-ref',
    message: `The reference \`${short(ref)}\` leads nowhere, expected something of that name in the definition.`,
    hint: 'Correct the reference, or add what it names.',
  };
}

function remoteRef(ref: string): Finding {
  return {
    code: 'apis/remote-ref',
    message: `The reference \`${short(ref)}\` leads out of the definition, expected one that starts with \`#/\`.`,
    hint: 'Bundle the definition into one file, e.g. with `redocly bundle`, and register that.',
  };
}

function short(ref: string): string {
  return ref.length > 120 ? `${ref.slice(0, 120)}…` : ref;
}

/** Keys whose values are data, not definition. */
const dataKeys = new Set(['example', 'examples', 'default', 'enum', 'const', 'value']);
/** Keys whose maps have names of the author's choosing. */
const nameKeys = new Set(['properties', 'patternProperties', 'definitions', '$defs', 'schemas']);

function* allRefs(
  value: unknown,
  path: Path = [],
  areNames = false,
): Generator<{ ref: string; path: Path }> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* allRefs(item, [...path, index]);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === '$ref' && typeof item === 'string' && !areNames)
      yield { ref: item, path: [...path, key] };
    else if (areNames || (!dataKeys.has(key) && !key.startsWith('x-')))
      yield* allRefs(item, [...path, key], !areNames && nameKeys.has(key));
  }
}

function pointerPath(ref: string): string[] | undefined {
  if (ref === '#') return [];
  if (!ref.startsWith('#/')) return undefined;
  return ref
    .slice(2)
    .split('/')
    .map((part) => decode(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function at(root: unknown, path: readonly string[]): unknown {
  let current = root;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part))
      return undefined;
    current = (current as Record<string, unknown>)[part];
  }
  return current;
}

type Json = Record<string, unknown>;

/** A map, or an empty one where the value is something else. */
export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** A list, or an empty one where the value is something else. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part))
      return undefined;
    found = (found as Json)[part];
  }
  return found;
}

/** The parts of a JSON pointer; list positions as numbers, told by the document they point into. */
export function pointer(text: string, document: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  for (const part of text.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(document, path)) ? Number(name) : name);
  }
  return path;
}

/** What people call a value's type: text, a number, a map, a list, nothing. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  return { string: 'text', object: 'map' }[typeof value as string] ?? typeof value;
}

/** The same for the type names of JSON Schema. */
export function typeNames(type: unknown): string {
  const names: Record<string, string> = {
    string: 'text',
    object: 'a map',
    array: 'a list',
    boolean: 'true or false',
    number: 'a number',
    integer: 'a whole number',
  };
  const list = Array.isArray(type) ? type : [type];
  return list.map((item) => names[String(item)] ?? 'a value').join(' or ');
}

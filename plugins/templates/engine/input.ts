import type { Json, JsonObject, Schema } from './types.ts';

/**
 * What is wrong with an action's input, one sentence each. Small on purpose: it must run in a browser that forbids
 * `eval`, and descriptions of actions use few keywords.
 */
export function inputErrors(value: Json | undefined, schema: Schema, path = ''): string[] {
  const name = path === '' ? 'input' : path;
  if (value === undefined) return [];
  if (schema.anyOf !== undefined) {
    const branches = schema.anyOf.map((branch) => inputErrors(value, branch, path));
    if (branches.some((errors) => errors.length === 0)) return [];
    return branches.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }
  if (schema.type !== undefined && !typesOf(schema).some((type) => isOfType(value, type))) {
    return [`${name} is ${articleOf(value)}, expected ${typesOf(schema).join(' or ')}`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return [`${name} is ${JSON.stringify(value)}, expected one of ${schema.enum.join(', ')}`];
  }
  if (typeof value === 'string') {
    const isShort = value.length < (schema.minLength ?? 0);
    return isShort ? [`${name} is empty, expected a text`] : [];
  }
  if (Array.isArray(value)) {
    const items = schema.items;
    return items
      ? value.flatMap((item, index) => inputErrors(item, items, `${name}[${index}]`))
      : [];
  }
  if (typeof value === 'object' && value !== null) return objectErrors(value, schema, path);
  return [];
}

function objectErrors(value: JsonObject, schema: Schema, path: string): string[] {
  function at(key: string) {
    return path === '' ? key : `${path}.${key}`;
  }
  const missing = (schema.required ?? [])
    .filter((key) => value[key] === undefined)
    .map((key) => `${at(key)} is missing`);
  const nested = Object.entries(value).flatMap(([key, inner]) => {
    const property = schema.properties?.[key] ?? schema.additionalProperties;
    return typeof property === 'object' ? inputErrors(inner, property, at(key)) : [];
  });
  return [...missing, ...nested];
}

function typesOf(schema: Schema): readonly string[] {
  if (schema.type === undefined) return [];
  return typeof schema.type === 'string' ? [schema.type] : schema.type;
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function articleOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `the ${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}

/** What a step that was not really run hands to the next ones, as Backstage's dry run makes it up. */
export function exampleOf(schema: Schema): Json {
  const type = typesOf(schema)[0];
  if (type === 'object') {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, value]) => [key, exampleOf(value)]),
    );
  }
  if (type === 'array') return schema.items ? [exampleOf(schema.items)] : [];
  if (type === 'string') return '<example>';
  if (type === 'number' || type === 'integer') return 0;
  if (type === 'boolean') return false;
  return '<unknown>';
}

import type { JsonObject } from './types.ts';

/** A field of a form: its name and its schema. */
export interface Field {
  name: string;
  schema: JsonObject;
}

const branches = ['allOf', 'anyOf', 'oneOf', 'then', 'else', 'if', 'items'];
const namedBranches = [
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'definitions',
  '$defs',
];

/** Every field a schema can ask for, whatever condition it stands under and however deep. */
export function* fieldsIn(schema: unknown): Generator<Field> {
  if (Array.isArray(schema)) for (const each of schema) yield* fieldsIn(each);
  if (!isObject(schema)) return;
  for (const [name, property] of Object.entries(objectOf(schema['properties']))) {
    if (isObject(property)) yield { name, schema: property };
    yield* fieldsIn(property);
  }
  for (const key of namedBranches)
    for (const branch of Object.values(objectOf(schema[key]))) yield* fieldsIn(branch);
  for (const key of branches) yield* fieldsIn(schema[key]);
}

/** Names of fields whose values are read as `secrets`, never as `parameters`. */
export function secretNames(schema: unknown): Set<string> {
  const fields = [...fieldsIn(schema)].filter(({ schema }) => schema['ui:field'] === 'Secret');
  return new Set(fields.map(({ name }) => name));
}

/** Names of fields nobody may read over a shoulder: secrets, and passwords that steps read as parameters. */
export function hiddenNames(schema: unknown): Set<string> {
  const fields = [...fieldsIn(schema)].filter(({ schema }) => schema['ui:widget'] === 'password');
  return new Set([...secretNames(schema), ...fields.map(({ name }) => name)]);
}

/** Values without those of some names, at any depth. */
export function withoutNames(values: JsonObject, names: ReadonlySet<string>): JsonObject {
  return JSON.parse(
    JSON.stringify(values, (key, value: unknown) => (names.has(key) ? undefined : value)),
  ) as JsonObject;
}

/** Texts of some names, at any depth. */
export function textsOf(values: unknown, names: ReadonlySet<string>): Record<string, string> {
  const found: Record<string, string> = {};
  if (Array.isArray(values)) for (const each of values) Object.assign(found, textsOf(each, names));
  if (!isObject(values)) return found;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') Object.assign(found, textsOf(value, names));
    else if (names.has(name)) found[name] = value;
  }
  return found;
}

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values for a template's form, made from its schema: the same seed gives the same values. */
import type { Json, JsonObject } from '../../../plugins/templates/engine/index.ts';

type Random = () => number;

/** Values of all pages together. */
export function valuesFor(pages: readonly JsonObject[], seed: string): JsonObject {
  const random = randomFrom(seed);
  return Object.assign({}, ...pages.map((page) => objectFor(page, random, 0))) as JsonObject;
}

function objectFor(schema: JsonObject, random: Random, depth: number): JsonObject {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const value: JsonObject = {};
  for (const [key, property] of Object.entries((schema['properties'] ?? {}) as JsonObject)) {
    const isWanted = required.includes(key) || random() < 0.8;
    if (isWanted && isObject(property)) value[key] = valueFor(property, key, random, depth + 1);
  }
  addDependencies(schema, value, random, depth);
  return value;
}

/** Follows `dependencies` one level: the branch whose constants match, or whose key is there. */
function addDependencies(
  schema: JsonObject,
  value: JsonObject,
  random: Random,
  depth: number,
): void {
  for (const [key, dependency] of Object.entries((schema['dependencies'] ?? {}) as JsonObject)) {
    if (value[key] === undefined || !isObject(dependency) || depth > 6) continue;
    const branches = (dependency['oneOf'] ??
      dependency['anyOf'] ??
      dependency['allOf'] ?? [dependency]) as JsonObject[];
    const branch = branches.filter(isObject).find((each) => fits(each, key, value[key]!));
    if (branch) Object.assign(value, { ...objectFor(branch, random, depth + 1), ...value });
  }
}

function fits(branch: JsonObject, key: string, value: Json): boolean {
  const property = ((branch['properties'] ?? {}) as JsonObject)[key];
  if (!isObject(property)) return true;
  if (property['const'] !== undefined) return property['const'] === value;
  return !Array.isArray(property['enum']) || property['enum'].includes(value);
}

function valueFor(schema: JsonObject, key: string, random: Random, depth: number): Json {
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) {
    return schema['enum'][Math.floor(random() * schema['enum'].length)]!;
  }
  if (schema['default'] !== undefined && random() < 0.5) return schema['default'];
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  if (type === 'boolean') return random() < 0.5;
  if (type === 'number' || type === 'integer')
    return Number(schema['minimum'] ?? 1) + Math.floor(random() * 9);
  if (type === 'array') return arrayFor(schema, key, random, depth);
  if (type === 'object' || schema['properties'])
    return depth > 6 ? {} : objectFor(schema, random, depth);
  return textFor(schema, key, random);
}

function arrayFor(schema: JsonObject, key: string, random: Random, depth: number): Json[] {
  const items = isObject(schema['items']) ? schema['items'] : { type: 'string' };
  const length = Number(schema['minItems'] ?? 1) + Math.floor(random() * 2);
  return Array.from({ length }, () => valueFor(items, key, random, depth + 1));
}

function textFor(schema: JsonObject, key: string, random: Random): string {
  const word = words[Math.floor(random() * words.length)]!;
  switch (schema['ui:field']) {
    case 'RepoUrlPicker':
      return `github.com?owner=acme&repo=${word}`;
    case 'OwnerPicker':
    case 'OwnedEntityPicker':
    case 'MyGroupsPicker':
      return 'group:default/payments';
    case 'EntityPicker':
      return `component:default/${word}`;
    default:
      return /description/i.test(key) ? `What ${word} does, "quoted" & <marked>` : word;
  }
}

const words = ['checkout', 'payments-api', 'ledger', 'search', 'web'];

/** mulberry32 on a hash of the text. */
function randomFrom(text: string): Random {
  let state = 2166136261;
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { Field, NamedSchema, TypeText } from './definition.ts';
import { exampleText, isMap, listOf, mapOf, textOf, type Json } from './json.ts';
import { limits } from './limits.ts';
import { refIn, refName, type Refs } from './refs.ts';

/** Turns JSON Schema into rows: named schemas become links, so that a circle ends where it starts. */
export class SchemaTree {
  readonly #refs: Refs;
  readonly #named: ReadonlyMap<string, string>;
  #room: number = limits.fields;

  /** `named`: anchors of the schemas the page shows on their own, by reference. */
  constructor(refs: Refs, named: ReadonlyMap<string, string>) {
    this.#refs = refs;
    this.#named = named;
  }

  /** Whether some fields had to be left out. */
  get isFull(): boolean {
    return this.#room <= 0;
  }

  /** A type in words, e.g. `Order[]` or `string (date-time) | null`. */
  typeOf(value: unknown, depth = 0): TypeText {
    const ref = refIn(value);
    if (ref !== undefined) return { text: refName(ref), schema: this.#named.get(ref) };
    if (value === true || !isMap(value)) return { text: 'any' };
    if (depth > limits.fieldDepth) return { text: '…' };
    for (const [key, sign] of [
      ['oneOf', ' | '],
      ['anyOf', ' | '],
      ['allOf', ' & '],
    ] as const) {
      const parts = listOf(value[key])
        .slice(0, 6)
        .map((part) => this.typeOf(part, depth + 1));
      if (parts.length === 1) return parts[0]!;
      if (parts.length > 1) return { text: [...new Set(parts.map(({ text }) => text))].join(sign) };
    }
    const types = Array.isArray(value['type']) ? value['type'].map(String) : [value['type']];
    if (types.includes('array') || ('items' in value && value['type'] === undefined)) {
      const items = this.typeOf(value['items'], depth + 1);
      const text = items.text.includes(' ') ? `(${items.text})[]` : `${items.text}[]`;
      return { text, schema: items.schema };
    }
    const isObject = 'properties' in value || 'additionalProperties' in value;
    const words = types.map((type) => textOf(type) ?? (isObject ? 'object' : 'any'));
    if (value['nullable'] === true) words.push('null');
    const format = textOf(value['format']);
    return { text: words.join(' | ') + (format ? ` (${format})` : '') };
  }

  /** The fields of an object, or of what a list holds; a reference at the top is followed once. */
  fieldsOf(value: unknown, depth = 0, seen: ReadonlySet<unknown> = new Set()): Field[] {
    const schema = this.#refs.follow(value);
    if (!isMap(schema) || depth >= limits.fieldDepth || seen.has(schema)) return [];
    const below = new Set(seen).add(schema);
    const required = new Set(listOf(schema['required']));
    const fields: Field[] = [];
    for (const [name, property] of Object.entries(mapOf(schema['properties']))) {
      if (this.#room-- <= 0) break;
      fields.push(this.#field(name, property, required.has(name), depth, below));
    }
    for (const part of listOf(schema['allOf'])) fields.push(...this.fieldsOf(part, depth, below));
    if (fields.length === 0 && isMap(schema['items']))
      return this.fieldsOf(schema['items'], depth, below);
    for (const key of ['oneOf', 'anyOf'] as const)
      for (const [index, part] of listOf(schema[key]).entries()) {
        if (this.#room-- <= 0) break;
        const name = textOf(mapOf(part)['title']) ?? `option ${index + 1}`;
        fields.push(this.#field(name, part, false, depth, below));
      }
    if (isMap(schema['additionalProperties']) && this.#room-- > 0)
      fields.push(this.#field('any name', schema['additionalProperties'], false, depth, below));
    return fields;
  }

  /** One row from a schema; named schemas inside are linked, not repeated. */
  #field(
    name: string,
    value: unknown,
    isRequired: boolean,
    depth: number,
    seen: ReadonlySet<unknown>,
  ): Field {
    const type = this.typeOf(value);
    const schema = mapOf(this.#refs.follow(value));
    return {
      name,
      type,
      isRequired,
      isDeprecated: schema['deprecated'] === true,
      description: textOf(mapOf(value)['description']) ?? textOf(schema['description']),
      facts: factsOf(schema),
      fields: type.schema === undefined ? this.fieldsOf(value, depth + 1, seen) : [],
    };
  }

  /** A schema of its own on the page. */
  named(name: string, anchor: string, value: unknown): NamedSchema {
    const schema = mapOf(this.#refs.follow(value));
    const facts = factsOf(schema);
    const text = [textOf(schema['description']), ...facts].filter(Boolean).join('\n\n');
    return {
      name,
      anchor,
      type: this.typeOf(value),
      description: text || undefined,
      fields: this.fieldsOf(value),
    };
  }

  /** A value of that schema, for people to start from. */
  sample(value: unknown, depth = 0): unknown {
    const schema = mapOf(this.#refs.follow(value));
    const given = schema['example'] ?? listOf(schema['examples'])[0] ?? schema['default'];
    if (given !== undefined) return given;
    if (schema['const'] !== undefined) return schema['const'];
    if (listOf(schema['enum']).length > 0) return listOf(schema['enum'])[0];
    if (depth > 3) return null;
    const part = listOf(schema['oneOf'])[0] ?? listOf(schema['anyOf'])[0];
    if (part !== undefined) return this.sample(part, depth + 1);
    const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
    if (type === 'array') return [this.sample(schema['items'], depth + 1)];
    if (type === 'integer' || type === 'number') return schema['minimum'] ?? 0;
    if (type === 'boolean') return false;
    if (type === 'string') return textOf(schema['format']) ?? 'string';
    return this.#sampleObject(schema, depth);
  }

  #sampleObject(schema: Json, depth: number): Json {
    const result: Json = {};
    for (const part of listOf(schema['allOf'])) {
      const sample = this.sample(part, depth + 1);
      if (isMap(sample)) Object.assign(result, sample);
    }
    for (const [name, property] of Object.entries(mapOf(schema['properties'])).slice(0, 20))
      result[name] = this.sample(property, depth + 1);
    return result;
  }
}

const boundWords: Readonly<Record<string, string>> = {
  minimum: 'at least',
  exclusiveMinimum: 'more than',
  maximum: 'at most',
  exclusiveMaximum: 'less than',
  minLength: 'characters at least',
  maxLength: 'characters at most',
  minItems: 'items at least',
  maxItems: 'items at most',
  pattern: 'matches',
  default: 'default',
  const: 'always',
};

/** Bounds, defaults and allowed values of a schema. */
export function factsOf(schema: Json): string[] {
  const facts: string[] = [];
  const values = listOf(schema['enum']);
  if (values.length > 0) {
    const shown = values.slice(0, 30).map((value) => `\`${scalarText(value)}\``);
    const more = values.length > shown.length ? ` and ${values.length - shown.length} more` : '';
    facts.push(`one of ${shown.join(', ')}${more}`);
  }
  for (const [key, words] of Object.entries(boundWords)) {
    const bound = schema[key];
    if (bound === undefined || (typeof bound === 'boolean' && key.startsWith('exclusive')))
      continue;
    facts.push(`${words} \`${scalarText(bound)}\``);
  }
  if (schema['readOnly'] === true) facts.push('read only');
  if (schema['writeOnly'] === true) facts.push('write only');
  const example = exampleText(schema['example'] ?? listOf(schema['examples'])[0]);
  if (example !== undefined && example.length <= 80 && !example.includes('\n'))
    facts.push(`e.g. \`${example}\``);
  return facts;
}

function scalarText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

import { hiddenNames } from '../engine/fields.ts';
import type { Json, JsonObject, ParameterPage } from '../engine/index.ts';

/** A page of the form as RJSF wants it: the JSON Schema alone, and how to show it. */
export interface FormPage {
  title: string;
  description?: string;
  schema: JsonObject;
  ui: JsonObject;
  /** Names of secrets and passwords: they are part of no address, no issue and no preview. */
  hidden: readonly string[];
}

/** Field extensions of Backstage that work from static data. */
const knownFields = new Set([
  'EntityPicker',
  'EntityNamePicker',
  'EntityTagsPicker',
  'OwnerPicker',
  'MultiEntityPicker',
  'OwnedEntityPicker',
  'MyGroupsPicker',
  'RepoUrlPicker',
  'Secret',
]);

/** Separates `ui:*` keys from a page's JSON Schema, as Backstage does, and makes unknown fields plain inputs with a note. */
export function formPage(page: ParameterPage, index: number): FormPage {
  const { schema, ui } = split(page);
  const { title, description, $schema: _dialect, $id: _id, ...rest } = schema;
  // A page without fields is a page all the same.
  if (ui['ui:field'] === 'JsonField') delete ui['ui:field'];
  return {
    title: typeof title === 'string' ? title : `Step ${index + 1}`,
    ...(typeof description === 'string' && { description }),
    schema: { type: 'object', ...rest },
    ui,
    hidden: [...hiddenNames(page)],
  };
}

function split(node: JsonObject): { schema: JsonObject; ui: JsonObject } {
  const schema: JsonObject = {};
  const ui: JsonObject = {};
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith('ui:')) ui[key] = value;
    else if (!key.startsWith('backstage:')) schema[key] = value;
  }
  nameWidget(schema, ui);
  for (const key of ['properties', 'patternProperties', 'dependencies', 'definitions', '$defs']) {
    if (!isObject(schema[key])) continue;
    const parts: JsonObject = {};
    for (const [name, inner] of Object.entries(schema[key])) {
      if (isFlagged(inner)) continue;
      if (!isObject(inner)) {
        parts[name] = inner;
        continue;
      }
      const result = split(inner);
      parts[name] = result.schema;
      // What depends on a field shows beside it, so its look belongs to the page.
      if (key === 'properties') merge(ui, { [name]: result.ui });
      else merge(ui, result.ui);
    }
    schema[key] = parts;
    if (key === 'properties') dropRequired(schema, (name) => isFlagged(node['properties'], name));
  }
  splitNested(schema, ui);
  return { schema, ui };
}

/** Callboard has no feature flags: what hangs on one is left out, as Backstage does while the flag is off. */
export function isFlagged(schema: Json | undefined, name?: string): boolean {
  const found = name !== undefined && isObject(schema) ? schema[name] : schema;
  return isObject(found) && typeof found['backstage:featureFlag'] === 'string';
}

function dropRequired(schema: JsonObject, isDropped: (name: string) => boolean): void {
  const { required } = schema;
  if (Array.isArray(required))
    schema['required'] = required.filter((name) => !isDropped(String(name)));
}

function splitNested(schema: JsonObject, ui: JsonObject): void {
  const items = schema['items'];
  if (isObject(items)) {
    const result = split(items);
    schema['items'] = result.schema;
    if (Object.keys(result.ui).length > 0) ui['items'] = result.ui;
  }
  for (const key of ['then', 'else', 'if']) {
    const branch = schema[key];
    if (!isObject(branch)) continue;
    const result = split(branch);
    schema[key] = result.schema;
    merge(ui, result.ui);
  }
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    const branches = schema[key];
    if (!Array.isArray(branches)) continue;
    schema[key] = branches.map((branch) => {
      if (!isObject(branch)) return branch;
      const result = split(branch);
      merge(ui, result.ui);
      return result.schema;
    });
  }
}

/** Known fields are widgets of ours: they take a value like any input. Unknown ones become plain inputs with a note. */
function nameWidget(schema: JsonObject, ui: JsonObject): void {
  const field = ui['ui:field'];
  if (typeof field === 'string') delete ui['ui:field'];
  if (isFreeObject(schema)) ui['ui:field'] = 'JsonField';
  if (typeof field !== 'string') return;
  if (knownFields.has(field)) {
    ui['ui:widget'] = field;
    schema['type'] ??=
      field === 'EntityTagsPicker' || field === 'MultiEntityPicker' ? 'array' : 'string';
    if (schema['type'] === 'array') schema['items'] ??= { type: 'string' };
    return;
  }
  schema['type'] ??= 'string';
  const help = typeof ui['ui:help'] === 'string' ? `${ui['ui:help']} ` : '';
  ui['ui:help'] = `${help}(The field ${field} is not known here: enter its value as it is.)`;
}

/** An object whose keys nobody names: there is nothing to show but its text. */
function isFreeObject(schema: JsonObject): boolean {
  const naming = [
    'properties',
    'additionalProperties',
    'patternProperties',
    'oneOf',
    'anyOf',
    'allOf',
    '$ref',
    'if',
    'dependencies',
  ];
  return schema['type'] === 'object' && naming.every((key) => schema[key] === undefined);
}

function merge(target: JsonObject, added: JsonObject): void {
  for (const [key, value] of Object.entries(added)) {
    const before = target[key];
    if (isObject(before) && isObject(value)) merge(before, value);
    else if (!(isObject(value) && Object.keys(value).length === 0)) target[key] = value;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

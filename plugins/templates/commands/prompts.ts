import { createInterface, type Interface } from 'node:readline/promises';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import type { Json, JsonObject, ParameterPage } from '../engine/index.ts';
import { validated } from './values.ts';

/** Asks for the values of a form, page by page, in a terminal. */
export async function askForValues(pages: readonly ParameterPage[]): Promise<JsonObject> {
  if (pages.length === 0) return {};
  if (!process.stdin.isTTY) {
    throw new CallboardError(
      exitCode.usage,
      'There is nobody to ask: this is not a terminal.',
      'Give the values with --values <file>.',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const values: JsonObject = {};
    for (const page of pages) await askPage(terminal, page, values);
    return values;
  } finally {
    terminal.close();
  }
}

async function askPage(
  terminal: Interface,
  page: ParameterPage,
  values: JsonObject,
): Promise<void> {
  if (typeof page['title'] === 'string') console.error(`\n${page['title']}`);
  const asked = new Set<string>();
  // Answers decide which fields follow: look again until no new one appears.
  for (let fields = fieldsOf(page, values); ; fields = fieldsOf(page, values)) {
    const next = [...fields].find(([name]) => !asked.has(name));
    if (!next) return;
    asked.add(next[0]);
    const answer = await askField(terminal, next[0], next[1].schema, next[1].isRequired);
    if (answer !== undefined) values[next[0]] = answer;
  }
}

interface Field {
  schema: JsonObject;
  isRequired: boolean;
}

/** Fields of a page that apply to the answers so far. */
export function fieldsOf(
  schema: JsonObject,
  values: JsonObject,
  fields = new Map<string, Field>(),
): Map<string, Field> {
  const required = (schema['required'] as string[] | undefined) ?? [];
  for (const [name, property] of Object.entries(
    (schema['properties'] ?? {}) as Record<string, JsonObject>,
  )) {
    if (fields.has(name) || property['const'] !== undefined) continue;
    fields.set(name, { schema: property, isRequired: required.includes(name) });
  }
  for (const [name, branch] of Object.entries(
    (schema['dependencies'] ?? {}) as Record<string, Json>,
  )) {
    if (values[name] === undefined || Array.isArray(branch)) continue;
    const { oneOf, ...rest } = branch as JsonObject;
    fieldsOf(rest, values, fields);
    const fitting = ((oneOf ?? []) as JsonObject[]).find((each) => applies(each, name, values));
    if (fitting) fieldsOf(fitting, values, fields);
  }
  for (const part of (schema['allOf'] ?? []) as JsonObject[]) fieldsOf(part, values, fields);
  if (schema['if'] !== undefined) {
    const { errors } = validated([schema['if'] as JsonObject], values);
    const branch =
      schema[errors.every((error) => error.includes('not asked for')) ? 'then' : 'else'];
    if (branch !== undefined) fieldsOf(branch as JsonObject, values, fields);
  }
  return fields;
}

function applies(branch: JsonObject, name: string, values: JsonObject): boolean {
  const property = ((branch['properties'] ?? {}) as Record<string, JsonObject>)[name];
  if (property?.['const'] !== undefined) return property['const'] === values[name];
  return !Array.isArray(property?.['enum']) || property['enum'].includes(values[name]!);
}

async function askField(
  terminal: Interface,
  name: string,
  schema: JsonObject,
  isRequired: boolean,
): Promise<Json | undefined> {
  const title = String(schema['title'] ?? name);
  const choices = schema['enum'] as Json[] | undefined;
  const fallback = schema['default'];
  const hints = [
    choices?.map(String).join(' | ') ?? placeholderOf(schema),
    fallback === undefined ? undefined : `default ${JSON.stringify(fallback)}`,
  ].filter((hint) => hint !== undefined && hint !== '');
  for (;;) {
    const text = (
      await terminal.question(`${title}${hints.length > 0 ? ` (${hints.join(', ')})` : ''}: `)
    ).trim();
    if (text === '' && fallback !== undefined) return fallback;
    if (text === '' && !isRequired) return undefined;
    const value = valueOf(text, schema);
    const { errors } = validated(
      [{ properties: { [name]: schema }, required: [name] }],
      value === undefined ? {} : { [name]: value },
    );
    if (errors.length === 0) return value;
    console.error(`  ${errors.join('; ')}`);
  }
}

function placeholderOf(schema: JsonObject): string | undefined {
  if (schema['ui:field'] === 'RepoUrlPicker') return 'github.com?owner=…&repo=…, or owner/name';
  if (schema['type'] === 'boolean') return 'yes | no';
  return schema['type'] === 'array' ? 'separated by commas' : undefined;
}

/** What a line of text means to a schema. */
export function valueOf(text: string, schema: JsonObject): Json | undefined {
  if (text === '') return undefined;
  switch (schema['type']) {
    case 'boolean':
      return /^(y|yes|true|1)$/i.test(text);
    case 'number':
    case 'integer':
      return Number.isNaN(Number(text)) ? text : Number(text);
    case 'array':
      return text
        .split(',')
        .map((each) => valueOf(each.trim(), (schema['items'] ?? {}) as JsonObject) ?? '');
    case 'object':
      return JSON.parse(text) as Json;
    default: {
      const pair = schema['ui:field'] === 'RepoUrlPicker' && /^([\w.-]+)\/([\w.-]+)$/.exec(text);
      return pair ? `github.com?owner=${pair[1]}&repo=${pair[2]}` : text;
    }
  }
}

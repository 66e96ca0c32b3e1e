import { readFileSync } from 'node:fs';

import { Ajv, type ErrorObject } from 'ajv';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import type { JsonObject, ParameterPage } from '../engine/index.ts';
import { parseYaml } from '../engine/yaml.ts';

/** Values with the schemas' defaults filled in, and what is wrong with them, one sentence each. */
export function validated(
  pages: readonly ParameterPage[],
  values: JsonObject,
): { values: JsonObject; errors: string[] } {
  const filled = structuredClone(values);
  const errors: string[] = [];
  for (const page of pages) {
    // What a page's own keywords say of other keys is the other pages' business.
    const { additionalProperties: _others, ...schema } = page;
    const ajv = new Ajv({
      strict: false,
      useDefaults: true,
      allErrors: true,
      validateFormats: false,
      logger: false,
    });
    let check: ReturnType<Ajv['compile']>;
    try {
      check = ajv.compile({ type: 'object', ...withoutForm(schema) });
    } catch (error) {
      errors.push(`the form cannot be checked: ${(error as Error).message}`);
      continue;
    }
    if (!check(filled)) errors.push(...(check.errors ?? []).map(sentence));
  }
  const known = namesOf(pages);
  for (const key of Object.keys(values)) {
    if (!known.has(key)) errors.push(`${key} is not asked for by this template`);
  }
  return { values: filled, errors: [...new Set(errors)] };
}

/** Keys the form reads and no validator knows, and identifiers that would clash between pages. */
function withoutForm(schema: unknown): JsonObject {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$id' || key === '$schema' || key.startsWith('ui:') || key.startsWith('backstage:')
      ? undefined
      : value,
  ) as JsonObject;
}

function sentence(error: ErrorObject): string {
  const at = error.instancePath.slice(1).replaceAll('/', '.');
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return `${at === '' ? '' : `${at}.`}${String(params['missingProperty'])} is missing`;
    case 'enum':
      return `${at} is not one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`;
    case 'additionalProperties':
      return `${at === '' ? '' : `${at}.`}${String(params['additionalProperty'])} is not asked for by this template`;
    default:
      return `${at === '' ? 'the values' : at} ${error.message ?? 'do not fit'}`;
  }
}

/** Names below every `properties`, whatever condition they stand under. */
export function namesOf(schema: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const each of schema) namesOf(each, names);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return names;
  const { properties, dependencies, dependentSchemas, ...rest } = schema as Record<string, unknown>;
  for (const name of Object.keys((properties ?? {}) as object)) names.add(name);
  for (const branch of Object.values((dependencies ?? {}) as object)) namesOf(branch, names);
  for (const branch of Object.values((dependentSchemas ?? {}) as object)) namesOf(branch, names);
  for (const key of ['allOf', 'anyOf', 'oneOf', 'then', 'else', 'if']) namesOf(rest[key], names);
  return names;
}

/** Names of fields whose values are secrets: they are read as `secrets`, never as `parameters`. */
export function secretNames(pages: readonly ParameterPage[]): string[] {
  return pages.flatMap((page) =>
    Object.entries((page['properties'] ?? {}) as Record<string, JsonObject>)
      .filter(
        ([, property]) =>
          property?.['ui:field'] === 'Secret' || property?.['ui:widget'] === 'password',
      )
      .map(([name]) => name),
  );
}

/** Values from a YAML or JSON file. */
export function readValuesFile(path: string): JsonObject {
  try {
    const values = parseYaml(readFileSync(path, 'utf8'));
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) return values;
  } catch (error) {
    throw new CallboardError(
      exitCode.usage,
      `${path} cannot be read: ${(error as Error).message}.`,
    );
  }
  throw new CallboardError(exitCode.usage, `${path} holds no values, expected keys with values.`);
}

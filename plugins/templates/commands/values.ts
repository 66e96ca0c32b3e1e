import { readFileSync } from 'node:fs';

import { Ajv, type ErrorObject } from 'ajv';

import { CallboardError, exitCode } from '../../../collectors/callboard-error.ts';
import { fieldProblem } from '../engine/field-rules.ts';
import { fieldsIn } from '../engine/fields.ts';
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
  errors.push(...extensionErrors(pages, filled));
  const known = new Set([...fieldsIn(pages)].map(({ name }) => name));
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

/** What field extensions ask beyond the schema. A name that several branches define must fit one of them. */
function extensionErrors(pages: readonly ParameterPage[], values: JsonObject): string[] {
  const byName = Map.groupBy(fieldsIn(pages), ({ name }) => name);
  return [...byName].flatMap(([name, fields]) => {
    const value = values[name];
    if (value === undefined) return [];
    const problems = fields.map(({ schema }) =>
      fieldProblem(schema['ui:field'], value, (schema['ui:options'] ?? {}) as JsonObject),
    );
    return problems.includes(undefined) ? [] : [`${name} ${problems[0]}`];
  });
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

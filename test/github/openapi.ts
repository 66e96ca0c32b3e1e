import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { Ajv, type ValidateFunction } from 'ajv';

type Json = Record<string, unknown>;

let loaded: { document: Json; ajv: Ajv } | undefined;
const compiled = new Map<string, ValidateFunction | undefined>();

/** What is wrong with an answer against GitHub's published OpenAPI description; undefined when nothing is. */
export function answerFault(
  method: string,
  route: string,
  status: number,
  body: unknown,
): string | undefined {
  const key = `${method} ${route} ${status}`;
  if (!compiled.has(key)) compiled.set(key, compileAnswer(method, route, status));
  const check = compiled.get(key);
  if (!check || check(body)) return undefined;
  return `${key}: ${loaded?.ajv.errorsText(check.errors)}`;
}

function compileAnswer(
  method: string,
  route: string,
  status: number,
): ValidateFunction | undefined {
  loaded ??= load();
  const { document, ajv } = loaded;
  const operation = at(document, ['paths', route, method.toLowerCase()]);
  if (!operation) throw new Error(`GitHub has no ${method} ${route}`);
  let path = ['paths', route, method.toLowerCase(), 'responses', String(status)];
  const answer = at(document, path);
  if (!answer) throw new Error(`GitHub's ${method} ${route} does not answer ${status}`);
  if (typeof answer['$ref'] === 'string') path = answer['$ref'].slice(2).split('/');
  path.push('content', 'application/json', 'schema');
  if (!at(document, path)) return undefined;
  const pointer = path.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  return ajv.compile({ $ref: `github#/${encodeURI(pointer)}` });
}

function load(): { document: Json; ajv: Ajv } {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@octokit/openapi/generated/api.github.com.json');
  const document = withNulls(JSON.parse(readFileSync(path, 'utf8'))) as Json;
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false });
  ajv.addSchema(document, 'github');
  return { document, ajv };
}

function at(document: Json, path: readonly string[]): Json | undefined {
  let value: unknown = document;
  for (const part of path) value = (value as Json | undefined)?.[part];
  return value as Json | undefined;
}

/** OpenAPI 3.0 says `nullable: true` where JSON Schema says the type null. */
function withNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNulls);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'example' ? null : withNulls(inner)]),
  );
  return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest;
}

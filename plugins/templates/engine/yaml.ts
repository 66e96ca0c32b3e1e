import type { Document } from 'yaml';
import { parseAllDocuments, parseDocument } from 'yaml';

import type { Json } from './types.ts';
import { TemplateError } from './types.ts';

/** Against aliases that multiply. */
const maxAliasCount = 50;

/** One YAML document as plain data, without custom tags and without keys that reach a prototype. */
export function parseYaml(text: string): Json {
  const document = parseDocument(text, { logLevel: 'error' });
  return dataOf(document);
}

export function parseYamlDocuments(text: string): Json[] {
  return yamlDocuments(text).map(dataOf);
}

export function yamlDocuments(text: string): Document[] {
  const documents = parseAllDocuments(text, { logLevel: 'error' });
  return Array.isArray(documents) ? (documents as Document[]) : [];
}

function dataOf(document: Document): Json {
  const error = document.errors[0];
  if (error) throw new TemplateError(`Not YAML: ${error.message.split('\n')[0]}`);
  return withoutPrototypeKeys(document.toJS({ maxAliasCount }) as Json);
}

function withoutPrototypeKeys(value: Json): Json {
  if (value === undefined) return null;
  return JSON.parse(JSON.stringify(value), (key, inner: Json) =>
    key === '__proto__' || key === 'constructor' || key === 'prototype' ? undefined : inner,
  ) as Json;
}

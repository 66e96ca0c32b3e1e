import type { Document } from 'yaml';
import { isMap } from 'yaml';

import type { Json, JsonObject } from './types.ts';

/** A copy of `target` with `added` merged in; lists are replaced, or joined without repeating. */
export function mergeInto(target: JsonObject, added: JsonObject, joinsLists: boolean): JsonObject {
  const merged: JsonObject = { ...target };
  for (const [key, value] of Object.entries(added)) {
    if (value === undefined || key === '__proto__') continue;
    merged[key] = mergedValue(merged[key], value, joinsLists);
  }
  return merged;
}

function mergedValue(before: Json | undefined, added: Json, joinsLists: boolean): Json {
  if (Array.isArray(before)) {
    return joinsLists ? [...new Set(before.concat(added))] : added;
  }
  return isObject(before) && isObject(added) ? mergeInto(before, added, joinsLists) : added;
}

/** The same on a YAML document, whose comments stay. */
export function mergeIntoDocument(
  document: Document,
  added: JsonObject,
  joinsLists: boolean,
  path: string[] = [],
): void {
  for (const [key, value] of Object.entries(added)) {
    const at = [...path, key];
    const before = document.getIn(at, true);
    if (isObject(value) && isMap(before)) mergeIntoDocument(document, value, joinsLists, at);
    else document.setIn(at, mergedValue(plainAt(document, at), value, joinsLists));
  }
}

function plainAt(document: Document, path: string[]): Json | undefined {
  let value = document.toJSON() as Json | undefined;
  for (const key of path) value = isObject(value) ? value[key] : undefined;
  return value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

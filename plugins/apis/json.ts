import { limits } from './limits.ts';

export type Json = Record<string, unknown>;

/** The value when it is a map, else an empty one. */
export function mapOf(value: unknown): Json {
  return isMap(value) ? value : {};
}

export function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text without space around it, cut where it is far too long; undefined when there is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim();
  return text.length > limits.text ? `${text.slice(0, limits.text)}…` : text;
}

/** An example as people read it: text as it is, everything else as JSON. */
export function exampleText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return text.length > limits.text ? `${text.slice(0, limits.text)}\n…` : text;
}

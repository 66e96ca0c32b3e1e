/** Short forms for the schemas of actions. */
import type { Schema } from '../types.ts';

export function text(description?: string): Schema {
  return { type: 'string', ...(description !== undefined && { description }) };
}

export function flag(description?: string): Schema {
  return { type: 'boolean', ...(description !== undefined && { description }) };
}

export function number(description?: string): Schema {
  return { type: 'number', ...(description !== undefined && { description }) };
}

export function list(items: Schema, description?: string): Schema {
  return { type: 'array', items, ...(description !== undefined && { description }) };
}

export function record(description?: string): Schema {
  return { type: 'object', ...(description !== undefined && { description }) };
}

export function object(properties: Record<string, Schema>, required: string[] = []): Schema {
  return { type: 'object', properties, required };
}

import type { Json, JsonObject, Step, TemplateSpec } from './types.ts';

/** A page of the form: a JSON Schema with Backstage's `ui:*` keys in it. */
export type ParameterPage = JsonObject;

/** The runnable part of a template entity's spec, with the ids and names Backstage gives to steps without. */
export function templateSpecOf(spec: Record<string, unknown> | undefined): TemplateSpec {
  const steps = Array.isArray(spec?.['steps']) ? (spec['steps'] as unknown[]) : [];
  return {
    steps: steps.filter(isObject).map(stepOf),
    ...(isObject(spec?.['output']) && { output: spec['output'] }),
  };
}

/** The pages of the form; one object means one page. */
export function pagesOf(spec: Record<string, unknown> | undefined): ParameterPage[] {
  const parameters = spec?.['parameters'];
  const pages = Array.isArray(parameters) ? (parameters as unknown[]) : [parameters];
  return pages.filter(isObject);
}

function stepOf(step: JsonObject, index: number): Step {
  const id = typeof step['id'] === 'string' ? step['id'] : `step-${index + 1}`;
  const action = String(step['action'] ?? '');
  const condition = step['if'];
  return {
    id,
    action,
    name: typeof step['name'] === 'string' ? step['name'] : action,
    ...(isObject(step['input']) && { input: step['input'] }),
    ...((typeof condition === 'string' || typeof condition === 'boolean') && { if: condition }),
    ...(step['each'] !== undefined && { each: step['each'] as Json }),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

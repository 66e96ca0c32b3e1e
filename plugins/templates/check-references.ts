import type { ProblemInput } from '../types.ts';
import type { TemplateDocument } from './checks.ts';
import { pagesOf, templateSpecOf } from './engine/index.ts';
import { referencesIn } from './engine/unresolved.ts';

interface Use {
  path: (string | number)[];
  /** Position of the step it is in; after all steps for the output. */
  index: number;
  names: string[];
}

/** References to steps, outputs and parameters that lead nowhere, and parameters nothing refers to. */
export function referenceProblems(template: TemplateDocument): ProblemInput[] {
  const spec = template.entity.spec!;
  const steps = (spec['steps'] as unknown[]).map((step, index) =>
    usesIn(step, ['spec', 'steps', index], index),
  );
  const uses = [...steps.flat(), ...usesIn(spec['output'], ['spec', 'output'], steps.length)];
  return [
    ...uses
      .filter(({ names }) => names[0] === 'steps')
      .flatMap((use) => stepReference(template, use)),
    ...parameterProblems(template, uses),
  ];
}

function stepReference(
  { entity, problem, actions }: TemplateDocument,
  { path, index, names }: Use,
): ProblemInput[] {
  const { steps } = templateSpecOf(entity.spec);
  const [, id, word, output] = names;
  const at = steps.findIndex((step) => step.id === id);
  const reference = names.join('.');
  if (at === -1 || at >= index) {
    const reason = at === -1 ? 'there is no such step' : 'that step runs later';
    const earlier = steps.slice(0, index).map((step) => step.id);
    return [
      problem(
        'templates/unknown-step',
        path,
        `${reference} leads nowhere: ${reason}, expected one of the earlier steps`,
        earlier.length > 0 ? `Earlier steps: ${earlier.join(', ')}` : undefined,
      ),
    ];
  }
  const known = actions.get(steps[at]!.action)?.output?.properties;
  if (word !== 'output' || output === undefined || !known || output in known) return [];
  return [
    problem(
      'templates/unknown-output',
      path,
      `${reference} leads nowhere: ${steps[at]!.action} has no output ${output}`,
      `Its outputs: ${Object.keys(known).join(', ')}`,
    ),
  ];
}

function parameterProblems(
  { entity, problem }: TemplateDocument,
  uses: readonly Use[],
): ProblemInput[] {
  const pages = pagesOf(entity.spec);
  const defined = new Map<string, (string | number)[]>();
  const isList = Array.isArray(entity.spec!['parameters']);
  pages.forEach((page, index) => {
    collectNames(page, ['spec', 'parameters', ...(isList ? [index] : [])], defined);
  });
  const used = new Map(
    uses.filter(({ names }) => names[0] === 'parameters').map((use) => [use.names[1]!, use]),
  );
  const undefinedOnes = [...used].filter(([name]) => !defined.has(name));
  // A step that passes `parameters` on as a whole uses all of them.
  const passesAll = JSON.stringify(entity.spec!['steps']).includes('${{ parameters }}');
  const unusedOnes = passesAll ? [] : [...defined].filter(([name]) => !used.has(name));
  return [
    ...undefinedOnes.map(([name, { path }]) =>
      problem(
        'templates/undefined-parameter',
        path,
        `parameters.${name} is never asked for, expected a parameter of the form`,
      ),
    ),
    ...unusedOnes.flatMap(([name, path]) => {
      if (isReadElsewhere(pages, name)) return [];
      return [problem('templates/unused-parameter', path, `Nothing reads the parameter ${name}`)];
    }),
  ];
}

/** Secrets and hidden helpers are read by their own means; a field others depend on steers the form. */
function isReadElsewhere(pages: readonly Record<string, unknown>[], name: string): boolean {
  const text = JSON.stringify(pages);
  const field = new RegExp(`"${name.replaceAll(/[^\\w-]/g, '.')}":\\{[^{}]*"ui:field":"Secret"`);
  return (
    field.test(text) ||
    pages.some((page) => isObject(page['dependencies']) && name in page['dependencies'])
  );
}

/** Names below every `properties`, also of branches that depend on other fields. */
function collectNames(
  schema: unknown,
  path: (string | number)[],
  names: Map<string, (string | number)[]>,
): void {
  if (Array.isArray(schema))
    schema.forEach((each, index) => collectNames(each, [...path, index], names));
  if (!isObject(schema)) return;
  if (isObject(schema['properties'])) {
    for (const name of Object.keys(schema['properties'])) {
      if (!names.has(name)) names.set(name, [...path, 'properties', name]);
    }
  }
  for (const key of ['allOf', 'anyOf', 'oneOf', 'then', 'else'])
    collectNames(schema[key], [...path, key], names);
  const dependencies = schema['dependencies'] ?? schema['dependentSchemas'];
  if (!isObject(dependencies)) return;
  for (const [key, value] of Object.entries(dependencies)) {
    collectNames(value, [...path, 'dependencies', key], names);
  }
}

/** References to parameters and steps in every text below a value. */
function usesIn(value: unknown, path: (string | number)[], index: number): Use[] {
  if (typeof value === 'string') {
    return referencesIn(value, ['parameters', 'steps']).map((reference) => ({
      path,
      index,
      names: reference.path,
    }));
  }
  if (Array.isArray(value)) return value.flatMap((item, at) => usesIn(item, [...path, at], index));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => usesIn(inner, [...path, key], index));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

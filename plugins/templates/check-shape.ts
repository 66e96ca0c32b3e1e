import type { ProblemInput } from '../types.ts';
import type { TemplateDocument } from './checks.ts';
import { nearActions } from './engine/near-actions.ts';

/** What Backstage's schema of v1beta3 refuses, two steps with one id, and actions nobody provides. */
export function shapeProblems(template: TemplateDocument): ProblemInput[] {
  const { entity, problem } = template;
  const spec = entity.spec;
  if (!isObject(spec))
    return [problem('templates/invalid', ['spec'], 'spec is missing, expected an object')];
  const problems: ProblemInput[] = [];
  function invalid(path: (string | number)[], message: string): void {
    problems.push(problem('templates/invalid', path, message));
  }
  if (typeof spec['type'] !== 'string' || spec['type'] === '') {
    invalid(['spec', 'type'], 'spec.type is missing, expected a text such as service');
  }
  const parameters = spec['parameters'];
  if (parameters !== undefined && parameters !== null) {
    const pages: unknown[] = Array.isArray(parameters) ? parameters : [parameters];
    pages.forEach((page, index) => {
      if (isObject(page)) return;
      invalid(
        ['spec', 'parameters', index],
        `page ${index + 1} of spec.parameters is not an object, expected a JSON Schema`,
      );
    });
  }
  const steps = spec['steps'];
  if (!Array.isArray(steps)) {
    invalid(['spec', 'steps'], 'spec.steps is missing, expected a list of steps');
    return problems;
  }
  return [...problems, ...stepProblems(template, steps)];
}

function stepProblems(
  { problem, actions, isKnown }: TemplateDocument,
  steps: readonly unknown[],
): ProblemInput[] {
  const problems: ProblemInput[] = [];
  const ids = new Set<string>();
  steps.forEach((step, index) => {
    const path = ['spec', 'steps', index];
    if (!isObject(step) || typeof step['action'] !== 'string') {
      problems.push(
        problem(
          'templates/invalid',
          path,
          `Step ${index + 1} has no action, expected the name of one`,
        ),
      );
      return;
    }
    const { id, action } = step;
    if (typeof id === 'string' && ids.has(id)) {
      problems.push(
        problem(
          'templates/duplicate-step',
          [...path, 'id'],
          `The id ${id} is taken by an earlier step`,
        ),
      );
    }
    if (typeof id === 'string') ids.add(id);
    if (!isKnown(action as string)) {
      const near = nearActions(String(action), actions.keys());
      problems.push(
        problem(
          'templates/unknown-action',
          [...path, 'action'],
          `Unknown action ${String(action)}, expected one this portal provides`,
          near.length > 0 ? `Did you mean ${near.join(' or ')}?` : undefined,
        ),
      );
    }
    const input = step['input'];
    if (isObject(input) && input['copyWithoutRender'] !== undefined) {
      problems.push(
        problem(
          'templates/ignored-input',
          [...path, 'input', 'copyWithoutRender'],
          'copyWithoutRender is ignored, expected copyWithoutTemplating',
        ),
      );
    }
  });
  return problems;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { githubProblems } from './sources/github/problems.ts';
import type { AnyPlugin, Problem, ProblemInput, ProblemKind } from '../plugins/types.ts';

/** What can go wrong in the engine itself. */
export const engineProblems: Readonly<Record<string, ProblemKind>> = {
  ...githubProblems,
  'engine/source-failed': {
    severity: 'warning',
    title: 'A source could not be read',
    explain:
      'A folder, an organisation or another source of repositories gave no usable answer in the last run. What was known of it before is still shown, marked with its age.',
    fix: 'Read the reason in the message: a wrong path, a missing right, an expired token or a service that is down. The next run tries again.',
  },
  'engine/unreadable-repository': {
    severity: 'error',
    title: 'A repository could not be read',
    explain:
      'One repository of a source gave no answer, so nothing of it is in the portal. The other repositories of the source were read.',
    fix: 'Give the user or token that runs the collect the right to read it, or take it out of `repositories` of the source.',
  },
  'engine/plugin-failed': {
    severity: 'error',
    title: 'A plugin could not collect',
    explain:
      'One capability failed as a whole, so its data of the last good run is kept and marked stale. Everything else was collected.',
    fix: 'Run `callboard collect --only <plugin>` to see the reason alone. A stack in the output means a bug worth reporting.',
  },
  'engine/removals-held-back': {
    severity: 'warning',
    title: 'A large removal was held back',
    explain:
      'More than a fifth of what was known would have vanished at once. Half an answer looks just like that, so the last good data is kept until somebody confirms.',
    fix: 'If the removal is meant, run `callboard collect --accept-removals` once.',
  },
  'engine/snapshot-unreadable': {
    severity: 'warning',
    title: 'The last snapshot could not be read',
    explain:
      'The snapshot of the last run is damaged or of another version, so nothing could be carried over from it and no sharp removal could be noticed.',
    fix: 'Nothing to do when this run succeeded: it wrote a new one.',
  },
};

/** The code tables of the engine and of these plugins together. */
export function problemKinds(plugins: readonly AnyPlugin[]): Map<string, ProblemKind> {
  const kinds = new Map(Object.entries(engineProblems));
  for (const plugin of plugins) {
    for (const [code, kind] of Object.entries(plugin.problems ?? {})) {
      if (!code.startsWith(`${plugin.name}/`)) {
        throw new Error(
          `The problem code ${code} of the plugin ${plugin.name} must start with ${plugin.name}/`,
        );
      }
      kinds.set(code, kind);
    }
  }
  return kinds;
}

/** A reported problem with what its code says of it. */
export function completeProblem(
  input: ProblemInput,
  kinds: ReadonlyMap<string, ProblemKind>,
): Problem {
  const kind = kinds.get(input.code);
  if (!kind) throw new Error(`The problem code ${input.code} is in no plugin's table`);
  const { code, message, hint, at, entity, owner } = input;
  const problem: Problem = {
    code,
    severity: input.severity ?? kind.severity,
    message,
    docs: problemPath(code),
  };
  if (hint !== undefined) problem.hint = hint;
  if (at)
    problem.at = Object.fromEntries(Object.entries(at).filter(([, value]) => value !== undefined));
  if (entity !== undefined) problem.entity = entity;
  if (owner !== undefined) problem.owner = owner;
  return problem;
}

/** Page of a code, relative to the portal's base. */
export function problemPath(code: string): string {
  return `/problems/${code}/`;
}

/** Order that depends on the problems alone: by place, then code and message; the same problem twice counts once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const keyed = new Map(problems.map((problem) => [sortKey(problem), problem]));
  const keys = [...keyed.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  return keys.map((key) => keyed.get(key)!);
}

function sortKey({ at, code, message, entity }: Problem): string {
  const place = [at?.repository, at?.file, padded(at?.line), padded(at?.column)];
  return [...place, code, entity, message].join('\u0000');
}

function padded(value: number | undefined): string {
  return String(value ?? 0).padStart(8, '0');
}

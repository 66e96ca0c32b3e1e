import type { Place, ProblemInput, Repository } from '../types.ts';
import { wayOf } from './cycles.ts';
import { limits } from './limits.ts';
import { resolveTarget } from './paths.ts';
import type { PlaceOf, ReadEntity } from './read-entity.ts';

/** A file a Location names. */
export interface TargetFile {
  path: string;
  isGlob: boolean;
  place: Place;
}

/** A Location in one file naming another file. */
export interface Edge {
  from: string;
  to: string;
  place: Place;
  entity: string;
}

/** The files a Location names, its globs expanded, and what is wrong with its targets. */
export async function targetFiles(
  { entity, ref, origin: { file } }: ReadEntity,
  placeOf: PlaceOf,
  repository: Repository,
): Promise<{ targets: TargetFile[]; problems: ProblemInput[] }> {
  const targets: TargetFile[] = [];
  const problems: ProblemInput[] = [];
  const isOptional = entity.spec?.['presence'] === 'optional';

  for (const { text, path } of writtenTargets(entity.spec ?? {})) {
    const place = placeOf(path);
    function report(code: string, message: string, hint: string): void {
      problems.push({ code: `catalog/${code}`, message, hint, at: place, entity: ref });
    }
    const resolved = resolveTarget(repository, file, text);
    if ('wrong' in resolved) {
      // Its source reads it as a catalog file of the repository it leads to.
      if (repository.followed?.includes(text)) continue;
      if (resolved.wrong === 'outside')
        report(
          'location-outside',
          `The target \`${text}\` leads out of the repository, expected a file in it.`,
          'Name a file of this repository; add other repositories to `sources` of the portal.',
        );
      else
        report(
          'location-url',
          `The target \`${text}\` is an address elsewhere, expected a file of this repository. It is not read.`,
          'Add that repository to `sources` of the portal, then remove the target.',
        );
      continue;
    }
    const isGlob = /[*?]/.test(resolved.path);
    const found = isGlob ? await repository.find([resolved.path]) : await existing(resolved.path);
    if (found.length === 0 && !isOptional)
      report(
        'location-missing',
        `The target \`${text}\` matches no file, expected at least one.`,
        'Correct the path (it is relative to this file), or set `presence: optional`.',
      );
    if (found.length > limits.locationTargets)
      report(
        'location-too-many',
        `The target \`${text}\` matches ${found.length} files, expected at most ${limits.locationTargets}. The rest is left out.`,
        'Narrow the glob.',
      );
    for (const path of found.slice(0, limits.locationTargets)) {
      if (path !== file) targets.push({ path, isGlob, place });
      else if (!isGlob)
        report(
          'location-cycle',
          `The Location names its own file \`${file}\`, expected another file.`,
          'Remove this target.',
        );
    }
  }
  return { targets, problems };

  async function existing(path: string): Promise<string[]> {
    // Reading reports the rest; here only whether it is there matters.
    const bytes = await repository.read(path, limits.fileBytes).catch(() => undefined);
    return bytes === null ? [] : [path];
  }
}

function writtenTargets(
  spec: Record<string, unknown>,
): { text: string; path: (string | number)[] }[] {
  const { target, targets } = spec;
  const written: { text: string; path: (string | number)[] }[] = [];
  if (typeof target === 'string') written.push({ text: target, path: ['spec', 'target'] });
  if (!Array.isArray(targets)) return written;
  for (const [index, text] of targets.entries())
    if (typeof text === 'string') written.push({ text, path: ['spec', 'targets', index] });
  return written;
}

/** Locations that lead back to where they came from, each circle once. Every file is read once, so they do no harm. */
export function locationCycles(repository: string, edges: readonly Edge[]): ProblemInput[] {
  const problems: ProblemInput[] = [];
  const from = Map.groupBy(edges, (edge) => edge.from);
  const done = new Set<string>();

  // A stack of its own: a chain may be longer than the stack of calls.
  for (const start of from.keys()) {
    const trail = new Map([[start, 0]]);
    const stack = [{ file: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const edge = from.get(top.file)?.[top.next];
      if (!edge || done.has(top.file)) {
        done.add(top.file);
        trail.delete(top.file);
        stack.pop();
        continue;
      }
      top.next += 1;
      const position = trail.get(edge.to);
      if (position !== undefined) {
        const circle = stack.slice(position).map(({ file }) => file);
        problems.push(cycleProblem(repository, edge, [...circle, edge.to]));
      } else if (!done.has(edge.to)) {
        trail.set(edge.to, stack.length);
        stack.push({ file: edge.to, next: 0 });
      }
    }
  }
  return problems;
}

function cycleProblem(
  repository: string,
  { place, entity }: Edge,
  circle: readonly string[],
): ProblemInput {
  return {
    code: 'catalog/location-cycle',
    message: `Locations name each other in a circle: ${wayOf(circle)}, expected an end.`,
    hint: 'Remove one of the targets.',
    at: { ...place, repository },
    entity,
  };
}

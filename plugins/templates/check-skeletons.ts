import type { ProblemInput, Repository } from '../types.ts';
import { placeOfAddress } from './bundle.ts';
import type { TemplateDocument } from './checks.ts';
import { isBinary } from './engine/binary.ts';
import { templateSpecOf, type Step } from './engine/index.ts';
import { unresolvedIn } from './engine/unresolved.ts';
import { matcherOf } from './engine/glob.ts';
import { skeletonAddresses, type SkeletonAddress } from './skeleton-addresses.ts';

const maxFiles = 200;
const maxFileBytes = 200_000;

/** Skeletons of this repository that are not there, and values they read without being given. */
export async function skeletonProblems(
  template: TemplateDocument,
  file: string,
  repository: Repository,
): Promise<ProblemInput[]> {
  const spec = templateSpecOf(template.entity.spec);
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  const problems: ProblemInput[] = [];
  for (const skeleton of skeletonAddresses(spec)) {
    const place = placeOfAddress(skeleton.fixed, { repository: repository.id, folder });
    if (place && place.repository !== repository.id) continue;
    const paths = place ? await pathsAt(repository, place.path, skeleton.isFile) : [];
    if (paths.length === 0) {
      problems.push(
        template.problem(
          'templates/missing-skeleton',
          ['spec', 'steps', skeleton.index, 'input', 'url'],
          `The skeleton ${skeleton.fixed} is not there, expected a ${skeleton.isFile ? 'file' : 'folder'} relative to ${file}`,
        ),
      );
      continue;
    }
    const step = spec.steps[skeleton.index]!;
    if (skeleton.isFixed)
      problems.push(
        ...(await valueProblems(template, step, skeleton, paths, repository, place!.path)),
      );
  }
  return problems;
}

async function pathsAt(repository: Repository, path: string, isFile: boolean): Promise<string[]> {
  const escaped = path.replaceAll(/[*?[\]{}()!+@\\]/g, String.raw`\$&`);
  if (isFile) return (await repository.find([escaped])).slice(0, 1);
  return repository.find([path === '' ? '**/*' : `${escaped}/**/*`]);
}

/** Values of a skeleton's files that its step does not pass. Each name is reported once, where it is read first. */
async function valueProblems(
  template: TemplateDocument,
  step: Step,
  skeleton: SkeletonAddress,
  paths: readonly string[],
  repository: Repository,
  root: string,
): Promise<ProblemInput[]> {
  if (!step.action.startsWith('fetch:template')) return [];
  const values = step.input?.['values'];
  if (typeof values === 'string' || Array.isArray(values)) return [];
  const given = Object.fromEntries(Object.keys(values ?? {}).map((key) => [key, 'given']));
  const cookiecutterCompat = step.input?.['cookiecutterCompat'] === true;
  const copied = (step.input?.['copyWithoutTemplating'] as string[] | undefined) ?? [];
  const isCopied = matcherOf(copied, (path) =>
    paths.some((other) => other.startsWith(`${root}/${path}/`)),
  );
  const extension = step.input?.['templateFileExtension'];
  const seen = new Set<string>();
  const problems: ProblemInput[] = [];
  for (const path of paths.slice(0, maxFiles)) {
    const inner = root === '' ? path : path.slice(root.length + 1);
    if (isCopied(inner)) continue;
    if (extension && !path.endsWith(extension === true ? '.njk' : String(extension))) continue;
    const bytes = await repository.read(path, maxFileBytes).catch(() => null);
    if (!bytes || isBinary(bytes)) continue;
    const context = { [cookiecutterCompat ? 'cookiecutter' : 'values']: given };
    const missing = unresolvedIn(new TextDecoder().decode(bytes), path, context, {
      cookiecutterCompat,
    });
    for (const { name, line, column } of missing) {
      if (seen.has(name)) continue;
      seen.add(name);
      const problem = template.problem(
        'templates/undefined-value',
        ['spec', 'steps', skeleton.index, 'input', 'values'],
        `${name} is read by ${inner} and not passed by step ${step.id}`,
      );
      problems.push({ ...problem, at: { repository: repository.id, file: path, line, column } });
    }
  }
  return problems;
}

import type { CheckContext } from '../types.ts';
import { readRepository } from './read-repository.ts';
import type { CatalogOptions } from './schema.ts';

/** Checks a repository's catalog files with every rule that needs no other repository. */
export default async function check({
  repository,
  report,
}: CheckContext<CatalogOptions>): Promise<void> {
  const { problems, documents } = await readRepository(repository);
  for (const problem of problems) report(problem);
  const first = new Map<string, string>();
  for (const { entity } of documents) {
    if (!entity) continue;
    const { ref, owner } = entity;
    const { file, line, column } = entity.origin;
    const place = first.get(ref);
    if (place === undefined) {
      first.set(ref, `${file}:${line}`);
      continue;
    }
    report({
      code: 'catalog/duplicate',
      message: `\`${ref}\` is already defined in ${place}, expected one definition.`,
      hint: 'Remove one of the two, or rename it.',
      at: { repository: repository.id, file, line, column },
      entity: ref,
      owner,
    });
  }
}

import { collectedEntities, type CollectedEntity } from '../catalog/index.ts';
import type { CollectContext, CollectResult } from '../types.ts';
import { problemsOfApi } from './find-problems.ts';
import type { ApisOptions, ApisSnapshot } from './schema.ts';

/** Judges the definition of every API of the catalog, so that what is wrong is known before the portal is built. */
export default async function collect(
  context: CollectContext<ApisOptions, ApisSnapshot>,
): Promise<CollectResult<ApisSnapshot>> {
  const apis = collectedEntities(context).filter(
    ({ entity }) => entity.kind.toLowerCase() === 'api',
  );
  for (const [index, api] of apis.entries()) {
    context.progress(index, apis.length, api.ref);
    for (const problem of problemsOfApi(sourceOf(api))) context.report(problem);
  }
  return { data: { judged: apis.map(({ ref }) => ref).sort() } };
}

function sourceOf({
  ref,
  entity,
  raw,
  origin,
}: CollectedEntity): Parameters<typeof problemsOfApi>[0] {
  const { repository, file, line } = origin;
  return { ref, spec: entity.spec, raw, repository, file, line };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CollectedEntity } from '../catalog/index.ts';
import type { CheckContext, ProblemInput } from '../types.ts';
import collect from './collect.ts';
import prepare from './prepare.ts';
import type { DocsOptions } from './schema.ts';
import { folderOf } from './sites/paths.ts';

/** Checks the documentation of one repository as `collect` and `build` would, leaving nothing behind. */
export default async function check(context: CheckContext<DocsOptions>): Promise<void> {
  const { repository, options, report } = context;
  const files = await repository.find(['**/{mkdocs,techdocs}.{yml,yaml}']);
  const loose = files.length === 0 ? await repository.find(['docs/index.md']) : [];
  const roots = [...files.map(folderOf), ...loose.map(() => '')].filter(
    (folder) =>
      !/(?:^|\/)(?:skeleton|template|templates|node_modules|content)(?:\/|$)/u.test(folder),
  );
  const entities = [...new Set(roots)].map((folder) => asEntity(repository.id, folder));
  const folder = mkdtempSync(join(tmpdir(), 'callboard-docs-'));
  function reportHere({ entity: _entity, ...problem }: ProblemInput): void {
    report(problem);
  }
  const place = { options, folder: join(folder, 'files'), cache: join(folder, 'cache') };
  try {
    const { data } = await collect({
      ...place,
      repositories: [repository],
      sources: [],
      previous: undefined,
      previousProblems: [],
      snapshot: <T>() => ({ entities, repositories: [] }) as T,
      report: reportHere,
      progress() {},
      workingDirectory: folder,
      signal: new AbortController().signal,
    });
    // Of one repository alone, nobody knows which other entities there are.
    await prepare({ ...place, data: { ...data, entities: undefined }, report: reportHere });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Stands for whatever entity the site belongs to. */
function asEntity(repository: string, folder: string): CollectedEntity {
  const name = folder.replace(/[^\w.-]+/gu, '-') || 'site';
  const place = { source: '', repository, file: folder ? `${folder}/mkdocs.yml` : 'mkdocs.yml' };
  return {
    ref: `component:check/${name}`.toLowerCase(),
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'check',
        annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
      },
      spec: { owner: 'check' },
    },
    origin: { ...place, line: 1, column: 1 },
    raw: '',
  };
}

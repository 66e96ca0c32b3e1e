import { LineCounter, parseAllDocuments, type Document } from 'yaml';

import type { CheckContext, Repository } from '../types.ts';
import { localPath } from './definition-place.ts';
import { problemsOfApi } from './find-problems.ts';
import { isMap, mapOf, textOf } from './json.ts';
import { limits } from './limits.ts';
import type { ApisOptions } from './schema.ts';

/** Checks the definitions of the APIs one repository registers. */
export default async function check(context: CheckContext<ApisOptions>): Promise<void> {
  const { repository, report } = context;
  for (const file of await repository.find(repository.catalogFiles)) {
    const text = await readText(repository, file);
    if (!text?.includes('API')) continue;
    const lines = new LineCounter();
    const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
    for (const document of Array.isArray(documents) ? documents : []) {
      const entity = entityOf(document);
      if (entity?.['kind'] !== 'API') continue;
      const [from, , to] = document.range;
      const spec = await filledIn(mapOf(entity['spec']), file, repository);
      const { name, namespace } = mapOf(entity['metadata']);
      const source = {
        ref: `api:${textOf(namespace) ?? 'default'}/${textOf(name) ?? ''}`.toLowerCase(),
        spec,
        raw: text.slice(document.contents?.range?.[0] ?? from, to),
        repository: repository.id,
        file,
        line: lines.linePos(document.contents?.range?.[0] ?? from).line,
      };
      for (const problem of problemsOfApi(source)) report(problem);
    }
  }
}

function entityOf(document: Document): Record<string, unknown> | undefined {
  if (document.errors.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: limits.aliases });
    return isMap(value) ? value : undefined;
  } catch {
    // The catalog says what is wrong with its aliases.
    return undefined;
  }
}

/** The spec with the text its `$text` names; the catalog says when there is none. */
async function filledIn(
  spec: Record<string, unknown>,
  file: string,
  repository: Repository,
): Promise<Record<string, unknown>> {
  const target = mapOf(spec['definition'])['$text'];
  if (typeof target !== 'string') return spec;
  const path = localPath(target, file);
  const definition = path === undefined ? undefined : await readText(repository, path);
  return { ...spec, definition };
}

async function readText(repository: Repository, path: string): Promise<string | undefined> {
  const bytes = await repository.read(path, limits.characters).catch(() => null);
  return bytes ? new TextDecoder().decode(bytes) : undefined;
}

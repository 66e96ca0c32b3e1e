import type { ApiFile } from '../types.ts';
import type { Apis } from './model.ts';

/** A list of all APIs, and every definition as it was committed. */
export function* apiFiles({ all }: Apis): Generator<ApiFile> {
  const list = all.map(({ ref, title, type, format, version, operations, owner, path, file }) => ({
    ref,
    title,
    type,
    format,
    version,
    operations,
    owner,
    path,
    definition: file,
  }));
  yield { path: 'apis.json', body: JSON.stringify(list) };
  for (const { file, entity } of all)
    if (file !== undefined) yield { path: file, body: String(entity.spec?.['definition']) };
}

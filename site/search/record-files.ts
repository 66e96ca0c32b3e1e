import type { ApiFile, SearchRecord } from '../../plugins/types.ts';

/** Records in one file of the API. */
const perShard = 500;

/** `/api/search-records.json` names the files that hold everything there is to find, with its text. */
export function* recordFiles(
  records: readonly SearchRecord[],
  href: (path: string) => string,
): Generator<ApiFile> {
  const shards = Array.from({ length: Math.ceil(records.length / perShard) }, (_, index) => ({
    path: `/api/search-records/${index}.json`,
    records: records.slice(index * perShard, (index + 1) * perShard),
  }));
  yield {
    path: '/api/search-records.json',
    body: `${JSON.stringify({ count: records.length, shards: shards.map((shard) => href(shard.path)) })}\n`,
  };
  for (const shard of shards)
    yield { path: shard.path, body: `${JSON.stringify({ records: shard.records })}\n` };
}

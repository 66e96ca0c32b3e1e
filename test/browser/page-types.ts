import type { SearchRecord } from '../../plugins/types.ts';

/** One address of every kind of page, in the demo portal. Built from the portal's own index, so a new kind of entity is visited too. */
export async function pageTypes(portal: string): Promise<string[]> {
  const list = (await (await fetch(`${portal}/api/search-records.json`)).json()) as {
    shards: string[];
  };
  const firstOfType = new Map<string, string>();
  for (const shard of list.shards) {
    const answer = await fetch(portal + shard);
    const { records } = (await answer.json()) as { records: SearchRecord[] };
    for (const { type, url } of records)
      if (!firstOfType.has(type)) firstOfType.set(type, url.split('#', 1)[0]!);
  }
  const navigation = await (await fetch(`${portal}/`)).text();
  const listed = [...navigation.matchAll(/<nav class="shell-nav"[\s\S]*?<\/nav>/g)].flatMap(
    ([nav]) => [...nav.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!),
  );
  return [
    ...new Set([
      '/',
      '/search/',
      '/status/',
      '/problems/',
      '/nowhere/',
      ...listed,
      ...firstOfType.values(),
    ]),
  ];
}

import type { NameFile } from '../../site/search/name-files.ts';

/** One address of every kind of page, in the demo portal. Built from the portal's own index, so a new kind of entity is visited too. */
export async function pageTypes(portal: string): Promise<string[]> {
  const answer = await fetch(`${portal}/search/names.json`);
  const { rows } = (await answer.json()) as NameFile;
  const firstOfType = new Map<number, string>();
  for (const [, type, url] of rows)
    if (!firstOfType.has(type)) firstOfType.set(type, url.split('#', 1)[0]!);
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

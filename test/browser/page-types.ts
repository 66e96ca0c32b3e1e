/** One address of every kind of page, in the demo portal. Built from the portal's own index, so a new kind of entity is visited too. */
export async function pageTypes(portal: string): Promise<string[]> {
  const answer = await fetch(`${portal}/search/names.json`);
  const rows = (await answer.json()) as [title: string, type: string, url: string][];
  const firstOfType = new Map<string, string>();
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

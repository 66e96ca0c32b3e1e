/** Our names for the filters in an address of Backstage's catalog. */
const names: Readonly<Record<string, string>> = {
  kind: 'kind',
  type: 'type',
  owners: 'owner',
  lifecycles: 'lifecycle',
  tags: 'tag',
  namespace: 'namespace',
  text: 'q',
};

/** Reads `?filters[kind]=component&filters[user]=owned` as ours, so that bookmarks survive; other parameters stay. */
export function fromBackstage(search: string): URLSearchParams {
  const ours = new URLSearchParams();
  for (const [key, value] of new URLSearchParams(search)) {
    // One value, several of a name, or `filters[owners][0]`.
    const name = /^filters\[(\w+)\](?:\[\d*\])?$/.exec(key)?.[1];
    if (name === undefined) ours.append(key, value);
    else if (name === 'user') addOnly(ours, value);
    else if (names[name] !== undefined)
      ours.append(names[name], name === 'owners' ? groupRef(value) : value);
  }
  return ours;
}

function addOnly(ours: URLSearchParams, value: string): void {
  if (value === 'owned') ours.set('only', 'mine');
  if (value === 'starred') ours.set('only', 'starred');
}

/** Backstage shortens what can be guessed: `payments` is `group:default/payments`. */
function groupRef(value: string): string {
  const [, kind = 'group', namespace = 'default', name = ''] =
    /^(?:([^:/]+):)?(?:([^:/]+)\/)?(.+)$/.exec(value) ?? [];
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

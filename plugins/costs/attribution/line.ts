/** What the rules see of a bill's lines: all lines that share these values are attributed together. */
export interface LineKey {
  /** Tags by normalised key, allocated ones first. */
  tags: ReadonlyMap<string, string>;
  /** Tags the provider's split of a shared resource carries, by normalised key. */
  allocatedTags: ReadonlyMap<string, string>;
  resourceId: string;
  resourceName: string;
  account: string;
  accountName: string;
  service: string;
  serviceCategory: string;
  provider: string;
  sku: string;
  chargeCategory: string;
  commitmentStatus: string;
}

/** Where money ends up. `direct` names an entity; `shared` a pool; the others stand for themselves. */
export const buckets = [
  'direct',
  'shared',
  'idle',
  'unused',
  'support',
  'tax',
  'credits',
  'unallocated',
] as const;
export type Bucket = (typeof buckets)[number];

/** The decision about a key, with the rule that made it. */
export interface Decision {
  bucket: Bucket;
  /** Entity ref for `direct`, pool id for `shared`, cluster id for lines OpenCost splits, else empty. */
  target: string;
  /** Name of the rule that hit, as shown: `tag app`, `resource`, `account`, …; empty when none did. */
  rule: string;
}

/**
 * One spelling for the many a tag key arrives in: `user:App`, `resourceTags/user:app`, `label_app` and `App` are all
 * `app`; `app.kubernetes.io/name` and its sanitised form are `app-kubernetes-io-name`.
 */
export function normaliseTagKey(key: string): string {
  const known = normalised.get(key);
  if (known !== undefined) return known;
  const name = spell(key);
  if (normalised.size < 10_000) normalised.set(key, name);
  return name;
}

/** The same few keys come with every set of tags; bounded, should a bill hold keys without end. */
const normalised = new Map<string, string>();

function spell(key: string): string {
  return key
    .trim()
    .toLowerCase()
    .replace(/^resourcetags\//, '')
    .replace(
      /^(?:user|custom|label|labels|k8s-label|kubernetes_label)[:/]|^label_|^kubernetes_label_/,
      '',
    )
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Tags as FOCUS writes them: a JSON object of scalars. Undefined when the text is none; lists of `{key, value}` are read too. */
export function parseTags(text: string): Map<string, string> | undefined {
  const tags = new Map<string, string>();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (parsed === null) return tags;
  if (typeof parsed !== 'object') return undefined;
  const pairs = Array.isArray(parsed) ? parsed.map(pairOf) : Object.entries(parsed);
  for (const pair of pairs) {
    if (!pair) return undefined;
    const [key, value] = pair;
    if (value === null || typeof value === 'object') continue;
    const name = normaliseTagKey(key);
    // The first spelling wins, so that a provider's own tag does not hide the user's.
    if (name && !tags.has(name)) tags.set(name, String(value).trim());
  }
  return tags;
}

function pairOf(item: unknown): [string, unknown] | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { key, value } = item as { key?: unknown; value?: unknown };
  return typeof key === 'string' ? [key, value] : undefined;
}

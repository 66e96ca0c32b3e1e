import type { LineMatch, Pool, Rule } from '../options.ts';
import type { EntityIndex } from './entity-index.ts';
import { normaliseTagKey, type Bucket, type Decision, type LineKey } from './line.ts';
import { matchesAny } from './patterns.ts';

/** What decides where a line goes, in this order: clusters, pools, own buckets, the chain of rules. */
export interface Chain {
  rules: readonly Rule[];
  pools: readonly Pool[];
  /** Lines that pay for a cluster OpenCost splits, by cluster id. */
  clusters: readonly { id: string; pays: LineMatch }[];
  index: EntityIndex;
}

/** The first that hits decides; what nothing hits is unallocated. */
export function attribute(key: LineKey, chain: Chain): Decision {
  // Tax and credits are never anyone's use; they stay apart whatever tags they carry.
  const charge = chargeBucket(key);
  if (charge) return { bucket: charge, target: '', rule: 'charge category' };
  for (const pool of chain.pools)
    if (pool.lines && matchesLines(pool.lines, key))
      return { bucket: 'shared', target: pool.id, rule: `pool ${pool.id}` };
  if (key.commitmentStatus.toLowerCase() === 'unused')
    return { bucket: 'unused', target: '', rule: 'unused commitment' };
  for (const cluster of chain.clusters)
    if (matchesLines(cluster.pays, key))
      return { bucket: 'shared', target: `cluster:${cluster.id}`, rule: `cluster ${cluster.id}` };
  for (const rule of chain.rules) {
    const hit = applyRule(rule, key, chain.index);
    if (hit) return { bucket: 'direct', ...hit };
  }
  if (isSupport(key)) return { bucket: 'support', target: '', rule: 'support' };
  return { bucket: 'unallocated', target: '', rule: '' };
}

/** Normalised keys of all tag rules: a line with none of them counts as untagged. */
export function tagKeysOf(rules: readonly Rule[]): Set<string> {
  const keys = new Set<string>();
  for (const rule of rules)
    if (rule.by === 'tag') for (const key of rule.keys) keys.add(normaliseTagKey(key));
  return keys;
}

/** Whether a line fulfils every field of a match. */
export function matchesLines(match: LineMatch, key: LineKey): boolean {
  for (const [tag, patterns] of Object.entries(match.tags ?? {})) {
    const value = tagValue(key, normaliseTagKey(tag));
    if (value === undefined || !matchesAny(patterns, value)) return false;
  }
  return (
    (matchesAny(match.accounts, key.account) || matchesAny(match.accounts, key.accountName)) &&
    (matchesAny(match.resources, key.resourceId) ||
      matchesAny(match.resources, key.resourceName)) &&
    matchesAny(match.services, key.service) &&
    matchesAny(match.categories, key.serviceCategory) &&
    matchesAny(match.skus, key.sku)
  );
}

function applyRule(
  rule: Rule,
  key: LineKey,
  index: EntityIndex,
): { target: string; rule: string } | undefined {
  switch (rule.by) {
    case 'tag':
      return byTag(rule.keys, rule.kinds, key, index);
    case 'resource': {
      const target = index.resources.get(key.resourceId) ?? index.resources.get(key.resourceName);
      return target === undefined ? undefined : { target, rule: 'resource' };
    }
    case 'kubernetes': {
      const target = byKubernetes(key, index);
      return target === undefined ? undefined : { target, rule: 'kubernetes' };
    }
    case 'account':
      return byAccount(rule.accounts, key, index);
    case 'lines':
      return matchesLines(rule.match, key)
        ? { target: canonical(rule.to), rule: 'lines' }
        : undefined;
  }
}

function byTag(
  keys: readonly string[],
  kinds: readonly string[],
  key: LineKey,
  index: EntityIndex,
): { target: string; rule: string } | undefined {
  for (const tag of keys) {
    const name = normaliseTagKey(tag);
    const value = tagValue(key, name)?.toLowerCase();
    if (!value) continue;
    const target = index.tags.get(`${name}=${value}`) ?? namedEntity(value, kinds, index);
    if (target) return { target, rule: `tag ${tag}` };
  }
  return undefined;
}

/** `component:default/checkout`, `default/checkout`, `checkout` and `Checkout Service`-like spellings of a name. */
function namedEntity(
  value: string,
  kinds: readonly string[],
  index: EntityIndex,
): string | undefined {
  const colon = value.indexOf(':');
  if (colon > 0) {
    const named = value.slice(colon + 1);
    return index.names.get(value.slice(0, colon))?.get(named);
  }
  const dashed = value.replace(/[\s_]+/g, '-');
  for (const kind of kinds) {
    const names = index.names.get(kind.toLowerCase());
    const found = names?.get(value) ?? names?.get(dashed);
    if (found) return found;
  }
  return undefined;
}

const namespaceKeys = [
  'aws-eks-namespace',
  'kubernetes-namespace',
  'k8s-namespace',
  'goog-k8s-namespace',
  'namespace',
];
const clusterKeys = [
  'aws-eks-cluster-name',
  'eks-cluster-name',
  'kubernetes-cluster',
  'goog-k8s-cluster-name',
  'cluster',
];

function byKubernetes(key: LineKey, index: EntityIndex): string | undefined {
  const namespace = firstTag(key, namespaceKeys);
  const cluster = firstTag(key, clusterKeys);
  if (namespace === undefined && cluster === undefined) return undefined;
  return tiedEntity(index, cluster, namespace, (label) => tagValue(key, label));
}

/** The entity whose selector fits best: more labels first, then a named namespace. */
export function tiedEntity(
  index: EntityIndex,
  cluster: string | undefined,
  namespace: string | undefined,
  label: (key: string) => string | undefined,
): string | undefined {
  let best: { ref: string; labels: number } | undefined;
  for (const tie of index.kubernetes) {
    if (tie.cluster && cluster && tie.cluster !== cluster) continue;
    if (tie.namespace && tie.namespace !== namespace) continue;
    if (![...tie.labels].every(([name, value]) => label(name) === value)) continue;
    if (!best || tie.labels.size > best.labels) best = { ref: tie.ref, labels: tie.labels.size };
  }
  return best?.ref;
}

function byAccount(
  accounts: Readonly<Record<string, string>>,
  key: LineKey,
  index: EntityIndex,
): { target: string; rule: string } | undefined {
  const annotated = index.accounts.get(key.account.toLowerCase());
  if (annotated && key.account) return { target: annotated, rule: 'account' };
  for (const [pattern, to] of Object.entries(accounts))
    if (matchesAny([pattern], key.account) || matchesAny([pattern], key.accountName))
      return { target: canonical(to), rule: 'account' };
  return undefined;
}

function chargeBucket(key: LineKey): Bucket | undefined {
  if (key.chargeCategory === 'tax') return 'tax';
  return key.chargeCategory === 'credit' ? 'credits' : undefined;
}

function isSupport(key: LineKey): boolean {
  return /\bsupport\b/i.test(key.service);
}

function tagValue(key: LineKey, name: string): string | undefined {
  return key.allocatedTags.get(name) ?? key.tags.get(name);
}

function firstTag(key: LineKey, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = tagValue(key, name);
    if (value) return value;
  }
  return undefined;
}

/** Refs of the configuration in the catalog's spelling. */
export function canonical(ref: string): string {
  const [kind = '', name = ''] = ref.toLowerCase().split(':', 2);
  return name.includes('/') ? `${kind}:${name}` : `${kind}:default/${name}`;
}

import type { CollectedEntity } from '../../catalog/index.ts';
import type { Rule } from '../options.ts';
import { normaliseTagKey } from './line.ts';

/** Annotation with further tag values an entity goes by: `app=checkout-legacy, service=shop`. */
export const tagsAnnotation = 'callboard.dev/cost-tags';

/** What the rules look entities up by. Where two entities claim the same thing, the first ref in order gets it. */
export interface EntityIndex {
  byRef: ReadonlySet<string>;
  /** Refs by lower-case kind, then by name and `namespace/name`. */
  names: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Refs by `key=value` of the annotation. */
  tags: ReadonlyMap<string, string>;
  resources: PrefixMap;
  accounts: ReadonlyMap<string, string>;
  kubernetes: readonly KubernetesTie[];
}

/** How the kubernetes plugin selects an entity's objects. */
export interface KubernetesTie {
  ref: string;
  cluster: string | undefined;
  namespace: string | undefined;
  /** Labels every object must carry, by normalised key; empty when the namespace alone says it. */
  labels: ReadonlyMap<string, string>;
}

/** Builds the index once per run. */
export function indexEntities(
  entities: readonly CollectedEntity[],
  rules: readonly Rule[],
): EntityIndex {
  const names = new Map<string, Map<string, string>>();
  const tags = new Map<string, string>();
  const accounts = new Map<string, string>();
  const resources = new PrefixMap();
  const kubernetes: KubernetesTie[] = [];
  const resourceNames = annotationsOf(rules, 'resource');
  const accountNames = annotationsOf(rules, 'account');
  for (const { ref, entity } of entities.toSorted((a, b) => (a.ref < b.ref ? -1 : 1))) {
    const kind = entity.kind.toLowerCase();
    const byName = names.get(kind) ?? new Map<string, string>();
    names.set(kind, byName);
    const name = entity.metadata.name.toLowerCase();
    setOnce(byName, `${entity.metadata.namespace.toLowerCase()}/${name}`, ref);
    setOnce(byName, name, ref);
    const annotations = entity.metadata.annotations ?? {};
    for (const pair of listed(annotations[tagsAnnotation])) {
      const [key = '', value = ''] = pair.split('=', 2);
      setOnce(tags, `${normaliseTagKey(key)}=${value.trim().toLowerCase()}`, ref);
    }
    for (const annotation of resourceNames)
      for (const id of listed(annotations[annotation])) resources.add(id, ref);
    for (const annotation of accountNames)
      for (const id of listed(annotations[annotation])) setOnce(accounts, id.toLowerCase(), ref);
    const tie = kubernetesTie(ref, annotations);
    if (tie) kubernetes.push(tie);
  }
  return {
    byRef: new Set(entities.map(({ ref }) => ref)),
    names,
    tags,
    resources,
    accounts,
    kubernetes,
  };
}

/** Texts and prefixes (`arn:aws:s3:::checkout-*`), without regard to case; the longest prefix wins. */
export class PrefixMap {
  readonly #exact = new Map<string, string>();
  readonly #prefixes = new Map<number, Map<string, string>>();
  #lengths: number[] = [];

  add(pattern: string, ref: string): void {
    const text = pattern.toLowerCase();
    if (!text.endsWith('*')) {
      setOnce(this.#exact, text, ref);
      return;
    }
    const prefix = text.slice(0, -1);
    if (!prefix) return;
    const sameLength = this.#prefixes.get(prefix.length) ?? new Map<string, string>();
    this.#prefixes.set(prefix.length, sameLength);
    setOnce(sameLength, prefix, ref);
    this.#lengths = [...this.#prefixes.keys()].toSorted((a, b) => b - a);
  }

  get(text: string): string | undefined {
    const wanted = text.toLowerCase();
    const exact = this.#exact.get(wanted);
    if (exact) return exact;
    for (const length of this.#lengths) {
      const found = this.#prefixes.get(length)!.get(wanted.slice(0, length));
      if (found) return found;
    }
    return undefined;
  }
}

function kubernetesTie(
  ref: string,
  annotations: Record<string, string>,
): KubernetesTie | undefined {
  const id = annotations['backstage.io/kubernetes-id'];
  const selector = annotations['backstage.io/kubernetes-label-selector'];
  const namespace = annotations['backstage.io/kubernetes-namespace'];
  if (!id && !selector && !namespace) return undefined;
  const labels = new Map<string, string>();
  if (selector) {
    for (const part of listed(selector)) {
      const [key = '', value] = part.split(/={1,2}/, 2);
      // Set-based and negated selectors say too little about a bill's line to tie money to it.
      if (value === undefined || /[!()\s]/.test(part)) return undefined;
      labels.set(normaliseTagKey(key), value);
    }
  } else if (id) {
    labels.set(normaliseTagKey('backstage.io/kubernetes-id'), id);
  }
  return { ref, cluster: annotations['backstage.io/kubernetes-cluster'], namespace, labels };
}

function annotationsOf(rules: readonly Rule[], by: 'resource' | 'account'): string[] {
  const found = new Set<string>();
  for (const rule of rules)
    if (rule.by === by && 'annotations' in rule)
      for (const name of rule.annotations) found.add(name);
  return [...found];
}

function listed(text: string | undefined): string[] {
  return (text ?? '')
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

function setOnce(map: Map<string, string>, key: string, ref: string): void {
  if (key && !map.has(key)) map.set(key, ref);
}

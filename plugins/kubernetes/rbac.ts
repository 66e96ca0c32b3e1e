import { stringify } from 'yaml';

import { builtInKinds, groupOfKind, podMetrics } from './collect/kinds.ts';

export interface RbacRequest {
  /** Namespaces to open; the whole cluster without any. */
  namespaces: readonly string[];
  /** `<plural>.<group>`. */
  customResources: readonly string[];
  /** Namespace the service account lives in. */
  home: string;
}

const name = 'callboard';

/**
 * The least a cluster has to allow: list, on named kinds, for one service account. No secrets, no writing; of
 * ConfigMaps the API gives names and labels only because we ask for no more, so leave that rule out if that is too much.
 */
export function rbacManifests({ namespaces, customResources, home }: RbacRequest): string {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: home } };
  const token = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `${name}-token`,
      namespace: home,
      annotations: { 'kubernetes.io/service-account.name': name },
    },
    type: 'kubernetes.io/service-account-token',
  };
  const subjects = [{ kind: 'ServiceAccount', name, namespace: home }];
  const rules = rulesFor(customResources, namespaces.length === 0);
  const grants =
    namespaces.length === 0
      ? [
          {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'ClusterRole',
            metadata: { name },
            rules,
          },
          binding('ClusterRoleBinding', undefined, 'ClusterRole', subjects),
        ]
      : namespaces.flatMap((namespace) => [
          {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'Role',
            metadata: { name, namespace },
            rules,
          },
          binding('RoleBinding', namespace, 'Role', subjects),
        ]);
  return [account, token, ...grants].map((each) => stringify(each)).join('---\n');
}

function binding(
  kind: string,
  namespace: string | undefined,
  role: string,
  subjects: object[],
): object {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: role, name },
    subjects,
  };
}

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

function rulesFor(customResources: readonly string[], isCluster: boolean): Rule[] {
  const byGroup = new Map<string, string[]>();
  const kinds = [...builtInKinds, podMetrics].filter((info) => info.isNamespaced || isCluster);
  for (const info of kinds) add(byGroup, groupOfKind(info), info.plural);
  if (isCluster) add(byGroup, '', 'namespaces');
  for (const resource of customResources) {
    const dot = resource.indexOf('.');
    if (resource === '*') add(byGroup, '*', '*');
    else add(byGroup, resource.slice(dot + 1), resource.slice(0, dot));
  }
  return [...byGroup].map(([group, resources]) => ({
    apiGroups: [group],
    resources: resources.sort(),
    verbs: ['list'],
  }));
}

function add(groups: Map<string, string[]>, group: string, plural: string): void {
  groups.set(group, [...(groups.get(group) ?? []), plural]);
}

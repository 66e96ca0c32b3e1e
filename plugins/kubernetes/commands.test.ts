import { afterEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

import { deployment } from '../../test/kubernetes/objects.ts';
import { authority, startStandIn } from '../../test/kubernetes/stand-in.ts';
import type { StandIn, StandInOptions } from '../../test/kubernetes/stand-in.ts';
import { diagnose } from './doctor.ts';
import { KubernetesOptions } from './options.ts';
import { rbacManifests } from './rbac.ts';

interface Manifest {
  kind: string;
  metadata: { namespace?: string };
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
}

function manifests(request: Partial<Parameters<typeof rbacManifests>[0]>): Manifest[] {
  const text = rbacManifests({
    namespaces: [],
    customResources: [],
    home: 'callboard',
    ...request,
  });
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

describe('rights', () => {
  test('for the whole cluster: one role that lists, and never secrets', () => {
    const found = manifests({
      customResources: ['rollouts.argoproj.io', 'certificates.cert-manager.io'],
    });
    const rules = found.flatMap((each) => each.rules ?? []);

    expect(found.map((each) => each.kind)).toEqual([
      'ServiceAccount',
      'Secret',
      'ClusterRole',
      'ClusterRoleBinding',
    ]);
    expect([...new Set(rules.flatMap((rule) => rule.verbs))]).toEqual(['list']);
    expect(rules.flatMap((rule) => rule.resources)).not.toContain('secrets');
    expect(rules).toContainEqual({
      apiGroups: ['argoproj.io'],
      resources: ['rollouts'],
      verbs: ['list'],
    });
    expect(rules.find((rule) => rule.apiGroups[0] === '')?.resources).toContain('nodes');
  });

  test('for some namespaces: a role in each, and nothing of the cluster', () => {
    const found = manifests({ namespaces: ['payments', 'search'] });

    expect(found.map((each) => `${each.kind} ${each.metadata.namespace}`)).toEqual([
      'ServiceAccount callboard',
      'Secret callboard',
      'Role payments',
      'RoleBinding payments',
      'Role search',
      'RoleBinding search',
    ]);
    expect(
      found.flatMap((each) => each.rules ?? []).flatMap((rule) => rule.resources),
    ).not.toContain('nodes');
  });
});

describe('the doctor', () => {
  const open: StandIn[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });

  async function ask(
    options: Partial<StandInOptions>,
    more: object = {},
  ): Promise<Awaited<ReturnType<typeof diagnose>>> {
    const standIn = await startStandIn({
      objects: deployment('checkout', 'payments', { pods: 20 }),
      ...options,
    });
    open.push(standIn);
    process.env['DOCTOR_TOKEN'] = 'reader';
    process.env['DOCTOR_CA'] = authority;
    const cluster = {
      type: 'server',
      name: 'prod',
      url: standIn.url,
      tokenVariable: 'DOCTOR_TOKEN',
      caVariable: 'DOCTOR_CA',
      ...more,
    };
    return diagnose(KubernetesOptions.parse({ clusters: [cluster] }), '/');
  }

  test('asks for one object of a kind and says what is closed', async () => {
    const [diagnosis] = await ask({ tokens: { reader: { plurals: ['pods', 'deployments'] } } });

    expect(diagnosis?.lines[0]).toBe('reachable, v1.34.2');
    expect(diagnosis?.lines).toContain('Node: the account may not read this');
    expect(diagnosis?.lines.at(-1)).toBe(
      'Print the rights needed: callboard kubernetes rbac [--namespaces a,b]',
    );
    expect(open[0]?.requests.filter((each) => each.includes('/api/v1/pods?'))).toEqual([
      'GET /api/v1/pods?limit=1',
    ]);
  });

  test('says in one line what is closed in several namespaces, and never takes one Service for another', async () => {
    const [diagnosis] = await ask(
      {
        objects: deployment('checkout', 'payments'),
        served: [{ apiVersion: 'serving.knative.dev/v1', kind: 'Service', plural: 'services' }],
        tokens: { reader: { namespaces: ['payments'], groups: ['', 'apps'] } },
      },
      { namespaces: ['payments', 'stock'], customResources: ['services.serving.knative.dev'] },
    );

    expect(diagnosis?.lines).toContainEqual(
      expect.stringMatching(
        /services\.serving\.knative\.dev: the account may not read this in 2 namespaces \(payments, stock\)$/,
      ),
    );
    expect(diagnosis?.lines).toContainEqual(
      expect.stringMatching(/Pod, .*Service.*: the account may not read this in stock$/),
    );
  });

  test('says what to do when a cluster cannot be reached', async () => {
    expect(await ask({ tokens: {} })).toEqual([
      {
        cluster: 'prod',
        isReachable: false,
        lines: [
          'cannot be read: the credentials are not accepted',
          'The token has expired or belongs to another cluster: make a new one.',
        ],
      },
    ]);
  });
});

import { expect, test } from 'vitest';

import { areOnePerson, mergePeople, organisationAnnotation } from './organisation.ts';

const known = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: {
    name: 'payments',
    namespace: 'default',
    description: 'From GitHub',
    annotations: {
      [organisationAnnotation]: 'acme',
      'github.com/team-slug': 'acme/payments',
      'backstage.io/edit-url': 'https://github.com/orgs/acme/teams/payments/edit',
    },
  },
  spec: {
    type: 'team',
    profile: { displayName: 'Payments', picture: 'https://github.com/p.png' },
    parent: 'money',
    children: ['refunds'],
    members: ['ada', 'alan'],
  },
};

test('what somebody wrote stands, and the organisation fills it up', () => {
  const written = {
    apiVersion: 'backstage.io/v1beta1',
    kind: 'Group',
    metadata: {
      name: 'payments',
      namespace: 'default',
      description: 'We move the money',
      annotations: { 'pagerduty.com/service-id': 'P1' },
    },
    spec: {
      type: 'squad',
      profile: { email: 'pay@acme.example' },
      children: [],
      members: ['grace', 'ada'],
    },
  };

  expect(areOnePerson(written, known)).toBe(true);
  expect(mergePeople(written, known)).toEqual({
    apiVersion: 'backstage.io/v1beta1',
    kind: 'Group',
    metadata: {
      name: 'payments',
      namespace: 'default',
      description: 'We move the money',
      annotations: {
        'github.com/team-slug': 'acme/payments',
        'backstage.io/edit-url': 'https://github.com/orgs/acme/teams/payments/edit',
        'pagerduty.com/service-id': 'P1',
      },
    },
    spec: {
      type: 'squad',
      profile: {
        displayName: 'Payments',
        picture: 'https://github.com/p.png',
        email: 'pay@acme.example',
      },
      parent: 'money',
      children: ['refunds'],
      members: ['grace', 'ada', 'alan'],
    },
  });
});

test('two written ones of a name are two, and so are two organisations', () => {
  const written = { ...known, metadata: { ...known.metadata, annotations: {} } };

  expect(areOnePerson(written, written)).toBe(false);
  expect(areOnePerson(known, known)).toBe(false);
});

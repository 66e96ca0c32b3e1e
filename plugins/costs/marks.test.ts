import { expect, test } from 'vitest';

import type { EntityEvent } from '../entity-event.ts';
import type { Entity, Portal } from '../types.ts';
import { happenings } from './marks.ts';
import type { CostModel } from './model.ts';

const parts = ['checkout', 'ledger', 'basket', 'receipts', 'refunds'];

test('an entity’s own releases are told by their name, those of its parts with theirs', () => {
  const events = {
    checkout: [{ date: '2026-03-09', title: 'v2.0.0 released', href: 'https://git/2' }],
    ledger: [{ date: '2026-03-11', title: 'v5 released', href: 'https://git/5' }],
  };

  expect(marked('component:default/checkout', ['checkout'], events)).toEqual([
    { date: '2026-03-09', title: 'v2.0.0 released', isAlert: false },
  ]);
  expect(marked('group:default/payments', parts, events)).toEqual([
    { date: '2026-03-09', title: 'Checkout v2.0.0 released', isAlert: false },
    { date: '2026-03-11', title: 'Ledger v5 released', isAlert: false },
  ]);
});

test('a release several entities share is told once, several of a day in one line', () => {
  const shared = { date: '2026-03-09', title: 'v1 released', href: 'https://git/1' };
  const events = Object.fromEntries(
    parts.map((name, at) => [name, [{ ...shared, href: `https://git/${Math.max(1, at)}` }]]),
  );

  expect(marked('group:default/payments', parts, events)).toEqual([
    {
      date: '2026-03-09',
      title:
        'Checkout and 1 more: v1 released, Basket v1 released, Receipts v1 released and 1 more',
      isAlert: false,
    },
  ]);
});

test('nothing is known of entities that are not in the catalog', () => {
  expect(marked('component:default/gone', ['gone'], {})).toEqual([]);
});

function marked(
  subject: string,
  members: readonly string[],
  events: Readonly<Record<string, EntityEvent[]>>,
) {
  const model = {
    membership: { members: () => members.map((name) => `component:default/${name}`) },
    catalog: {
      get: (ref: string) => {
        const name = ref.split('/')[1]!;
        return parts.includes(name) ? { entity: component(name), title: titled(name) } : undefined;
      },
    },
  } as unknown as CostModel;
  const portal = {
    eventsFor: ({ metadata }: Entity) => events[metadata.name] ?? [],
  } as unknown as Portal;
  return happenings(model, portal, subject);
}

function component(name: string): Entity {
  return { apiVersion: '', kind: 'Component', metadata: { name, namespace: 'default' }, spec: {} };
}

function titled(name: string): string {
  return `${name[0]!.toUpperCase()}${name.slice(1)}`;
}

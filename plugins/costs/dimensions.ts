import type { Portal } from '../types.ts';
import { addUp, changeOf, type Change } from './figures/scope.ts';
import { monthSpan, type Row } from './figures/rows.ts';
import type { CostModel } from './model.ts';
import { sum, type Units } from './money.ts';

/** What the whole can be cut by. */
export const dimensions = [
  'team',
  'system',
  'domain',
  'provider',
  'service',
  'account',
  'bucket',
] as const;
export type Dimension = (typeof dimensions)[number];

/** One slice of the whole: a team, a service, an account. */
export interface Slice {
  dimension: Dimension;
  /** Ref, id or name; empty for what belongs to none. */
  key: string;
  title: string;
  /** Address below the base; none for what belongs to nobody. */
  path: string | undefined;
  rows: readonly Row[];
  /** Last full month against the one before. */
  change: Change;
  daily: readonly Units[];
}

/** Plural titles for headings. */
export const dimensionTitles: Record<Dimension, string> = {
  team: 'Teams',
  system: 'Systems',
  domain: 'Domains',
  provider: 'Providers',
  service: 'Services',
  account: 'Accounts',
  bucket: 'Kinds of cost',
};

const bucketTitles: Record<Row['bucket'], string> = {
  direct: 'Direct cost of entities',
  shared: 'Shared pools',
  idle: 'Idle capacity of clusters',
  unused: 'Unused commitments',
  support: 'Support plans',
  tax: 'Tax',
  credits: 'Credits',
  unallocated: 'Unallocated',
};

/** Slices of one currency, the largest of the last full month first. */
export function slicesOf(
  model: CostModel,
  portal: Portal,
  currency: string,
  dimension: Dimension,
): readonly Slice[] {
  const known = slicesOfModel.get(model) ?? new Map<string, readonly Slice[]>();
  slicesOfModel.set(model, known);
  const slices = known.get(`${currency} ${dimension}`) ?? cut(model, portal, currency, dimension);
  known.set(`${currency} ${dimension}`, slices);
  return slices;
}

/** Every page of a slice asks for its whole dimension; adding all rows up once is enough. */
const slicesOfModel = new WeakMap<CostModel, Map<string, readonly Slice[]>>();

function cut(model: CostModel, portal: Portal, currency: string, dimension: Dimension): Slice[] {
  const rows = model.rows.filter((row) => row.currency === currency);
  const month = lastFullMonth(model, currency);
  return [...Map.groupBy(rows, (row) => keyOf(model, dimension, row))]
    .map(([key, group]) => {
      const daily = addUp(group, model.calendar.days);
      return {
        dimension,
        key,
        title: titleOf(model, portal, dimension, key),
        path: pathOf(portal, currency, dimension, key),
        rows: group,
        change: monthChange(model, daily, month),
        daily,
      };
    })
    .toSorted((a, b) => b.change.now - a.change.now || (a.title < b.title ? -1 : 1));
}

/** Change of the last full month of some daily amounts. */
export function monthChange(model: CostModel, daily: readonly Units[], month: number): Change {
  const [from, to] = monthSpan(model.calendar, month);
  const [beforeFrom, beforeTo] = monthSpan(model.calendar, month - 1);
  return changeOf(
    sum(daily.slice(from, to)),
    month > 0 ? sum(daily.slice(beforeFrom, beforeTo)) : 0,
  );
}

/** Position of the last month that is complete. */
export function lastFullMonth(model: CostModel, currency: string): number {
  const name = model.whole(currency).lastFullMonth?.month;
  return name === undefined ? 0 : model.calendar.months.indexOf(name);
}

/** Address of a slice; refs lead to the entity's own tab. */
export function pathOf(
  portal: Portal,
  currency: string,
  dimension: Dimension,
  key: string,
): string | undefined {
  if (key === '') return undefined;
  if (isRef(dimension)) {
    const link = portal.entityLink(key);
    return link && `${link.path}costs/`;
  }
  return `/costs/${currency.toLowerCase()}/${dimension}/${slugOf(key)}/`;
}

/** A name as part of an address: two names that differ in signs only stay apart by their letters' sum. */
export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const isPlain = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
  if (isPlain) return slug;
  let mixed = 0;
  for (const letter of name) mixed = (Math.imul(mixed, 31) + letter.codePointAt(0)!) >>> 0;
  return `${slug.slice(0, 60)}-${mixed.toString(36)}`;
}

/** Title of a bucket. */
export function bucketTitle(bucket: Row['bucket']): string {
  return bucketTitles[bucket];
}

function keyOf({ membership }: CostModel, dimension: Dimension, row: Row): string {
  switch (dimension) {
    case 'team':
      return membership.teamOf(row);
    case 'system':
      return membership.systemOf(row);
    case 'domain':
      return membership.domainOf(row);
    case 'provider':
      return row.provider;
    case 'service':
      return row.service;
    case 'account':
      return row.account;
    case 'bucket':
      return row.bucket;
  }
}

function titleOf(model: CostModel, portal: Portal, dimension: Dimension, key: string): string {
  if (key === '') return isRef(dimension) ? `No ${dimension}` : 'Several';
  if (isRef(dimension)) return portal.entityLink(key)?.title ?? key;
  if (dimension === 'bucket') return bucketTitles[key as Row['bucket']];
  return dimension === 'account' ? (model.data.accounts[key] ?? key) : key;
}

function isRef(dimension: Dimension): boolean {
  return dimension === 'team' || dimension === 'system' || dimension === 'domain';
}

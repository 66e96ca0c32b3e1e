import { canonical } from './attribution/attribute.ts';
import { apportion, sum, type Units } from './money.ts';
import type { Pool } from './options.ts';

/** Money of one month, one currency, one basis, before anything shared is spread. */
export interface Unspread {
  /** Cost attributed to each entity directly. */
  direct: ReadonlyMap<string, Units>;
  /** Money in each bucket other than `direct` and `shared`. */
  buckets: ReadonlyMap<string, Units>;
  /** Money the lines of each pool brought, by pool id. */
  pools: ReadonlyMap<string, Units>;
}

/** One share of a pool given to an entity; negative for an entity that passed its cost on. */
export interface Share {
  pool: string;
  ref: string;
  amount: Units;
}

/** What became of the pools. direct + shares + left + buckets = what came in, exactly. */
export interface Spread {
  shares: readonly Share[];
  /** Money that stays in a pool. */
  left: ReadonlyMap<string, Units>;
  /** Money that stays in its bucket. */
  buckets: ReadonlyMap<string, Units>;
}

/** Spreads the pools one after the other, each after those it receives from. `usage` is a metric's sum for an entity. */
export function spreadPools(
  money: Unspread,
  ordered: readonly Pool[],
  usage: (metric: string, ref: string) => number,
): Spread {
  const buckets = new Map(money.buckets);
  const received = new Map<string, Units>();
  const left = new Map<string, Units>();
  const shares: Share[] = [];
  const givers = new Set(ordered.flatMap((pool) => (pool.spread ? givingEntities(pool) : [])));
  for (const pool of ordered) {
    const inflow = [money.pools.get(pool.id) ?? 0];
    for (const bucket of pool.buckets ?? []) {
      inflow.push(buckets.get(bucket) ?? 0);
      buckets.delete(bucket);
    }
    if (pool.spread) {
      for (const ref of givingEntities(pool)) {
        const passedOn = (money.direct.get(ref) ?? 0) + (received.get(ref) ?? 0);
        if (passedOn === 0) continue;
        inflow.push(passedOn);
        give(pool.id, ref, -passedOn);
      }
    }
    const given = sharesOf(pool, sum(inflow), money.direct, givers, usage);
    for (const [ref, amount] of given.to) give(pool.id, ref, amount);
    if (given.left !== 0) left.set(pool.id, given.left);
  }
  for (const [id, amount] of money.pools)
    if (!ordered.some((pool) => pool.id === id)) left.set(id, sum([left.get(id) ?? 0, amount]));
  return { shares, left, buckets };

  function give(pool: string, ref: string, amount: Units): void {
    if (amount === 0) return;
    shares.push({ pool, ref, amount });
    received.set(ref, sum([received.get(ref) ?? 0, amount]));
  }
}

/** Pools in an order in which each comes after the pools that give to its entities; the ids of a circle otherwise. */
export function orderPools(pools: readonly Pool[]): { ordered: Pool[]; circle: string[] } {
  const ordered: Pool[] = [];
  const waiting = new Set(pools);
  while (waiting.size > 0) {
    const next = [...waiting].find(
      (pool) => ![...waiting].some((other) => other !== pool && givesTo(other, pool)),
    );
    if (!next) return { ordered, circle: [...waiting].map((pool) => pool.id) };
    waiting.delete(next);
    ordered.push(next);
  }
  return { ordered, circle: [] };
}

function sharesOf(
  pool: Pool,
  amount: Units,
  direct: ReadonlyMap<string, Units>,
  givers: ReadonlySet<string>,
  usage: (metric: string, ref: string) => number,
): { to: [string, Units][]; left: Units } {
  const { spread } = pool;
  if (!spread || amount === 0) return { to: [], left: amount };
  if (spread.method === 'fixed') return fixedShares(spread.shares, amount);
  // Shared platforms do not receive from each other unless `to` says so: that would run in circles.
  const refs = spread.to
    ? spread.to.map(canonical)
    : [...direct.keys()].filter((ref) => !givers.has(ref)).toSorted();
  const weights = refs.map((ref) => {
    if (spread.method === 'even') return 1;
    return spread.method === 'direct' ? (direct.get(ref) ?? 0) : usage(spread.metric, ref);
  });
  // Nobody to give to, or nothing to measure by: the money stays visible in the pool rather than being guessed away.
  if (!weights.some((weight) => weight > 0)) return { to: [], left: amount };
  const parts = apportion(amount, weights);
  return { to: refs.map((ref, index) => [ref, parts[index]!]), left: 0 };
}

function fixedShares(
  shares: Readonly<Record<string, number>>,
  amount: Units,
): { to: [string, Units][]; left: Units } {
  const refs = Object.keys(shares);
  const weights = refs.map((ref) => Math.round(shares[ref]! * 1e6));
  const rest = Math.max(0, 100e6 - weights.reduce((a, b) => a + b, 0));
  const parts = apportion(amount, [...weights, rest]);
  return { to: refs.map((ref, index) => [canonical(ref), parts[index]!]), left: parts.at(-1)! };
}

function givesTo(giver: Pool, receiver: Pool): boolean {
  const { spread } = giver;
  if (!spread || !receiver.spread) return false;
  const named = spread.method === 'fixed' ? Object.keys(spread.shares) : (spread.to ?? []);
  const receivers = new Set(givingEntities(receiver));
  return named.some((ref) => receivers.has(canonical(ref)));
}

function givingEntities(pool: Pool): string[] {
  return (pool.entities ?? []).map(canonical);
}

import type { Chain } from '../attribution/attribute.ts';
import { normaliseTagKey, type Decision, type LineKey } from '../attribution/line.ts';
import type { Fix } from '../schema.ts';

const kept = 50;
const held = 5000;

/** Collects what unattributed money lacks: a tag value nobody answers to, or a tag at all. */
export class FixList {
  readonly #fixes = new Map<string, Fix>();
  readonly #bill: string;
  readonly #keys: readonly string[];

  constructor(bill: string, chain: Chain) {
    this.#bill = bill;
    const rules = chain.rules.filter((rule) => rule.by === 'tag');
    this.#keys = rules.flatMap((rule) => rule.keys);
  }

  add(key: LineKey, decision: Decision, amount: number, currency: string): void {
    if (decision.bucket !== 'unallocated' || amount === 0) return;
    const tag = this.#keys.find((name) => key.tags.get(normaliseTagKey(name)));
    const value = tag === undefined ? '' : (key.tags.get(normaliseTagKey(tag)) ?? '');
    const fix: Fix = {
      bill: this.#bill,
      currency,
      kind: tag === undefined ? 'no-tag' : 'unknown-value',
      tag: tag ?? '',
      value,
      // A value nobody answers to is one fix wherever it occurs; a missing tag is fixed account by account.
      account: tag === undefined ? key.account : '',
      service: tag === undefined ? key.service : '',
      amount: 0,
    };
    const id = [currency, fix.kind, fix.tag, value, fix.account, fix.service].join('\n');
    const known = this.#fixes.get(id);
    // A tag with a value of its own on every line must not fill the memory; the largest come first anyway.
    if (!known && this.#fixes.size >= held) return;
    this.#fixes.set(id, { ...fix, amount: (known?.amount ?? 0) + amount });
  }

  /** The largest, largest first. */
  top(): Fix[] {
    const all = [...this.#fixes.entries()].toSorted(
      ([a, x], [b, y]) => y.amount - x.amount || (a < b ? -1 : 1),
    );
    return all.slice(0, kept).map(([, fix]) => fix);
  }
}

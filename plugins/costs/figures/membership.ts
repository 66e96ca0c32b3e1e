import type { Catalog, CatalogEntity } from '../../catalog/index.ts';
import type { Row } from './rows.ts';

/** Whose cost counts for whom: an entity's own, and for teams, systems and domains that of all that belongs to them. */
export class Membership {
  readonly #catalog: Catalog;
  readonly #direct: ReadonlyMap<string, readonly Row[]>;
  readonly #members = new Map<string, readonly string[]>();

  constructor(catalog: Catalog, rows: readonly Row[]) {
    this.#catalog = catalog;
    this.#direct = Map.groupBy(
      rows.filter(({ bucket }) => bucket === 'direct'),
      (row) => row.target,
    );
  }

  /** Rows of the entity and all its members, each once. */
  rowsOf(ref: string): Row[] {
    return this.members(ref).flatMap((member) => this.#direct.get(member) ?? []);
  }

  /** Rows that name this very entity. */
  directOf(ref: string): readonly Row[] {
    return this.#direct.get(ref) ?? [];
  }

  /** Entities with cost of their own. */
  get targets(): string[] {
    return [...this.#direct.keys()].toSorted();
  }

  /** Whether its cost is (also) that of others. */
  hasParts(ref: string): boolean {
    return this.members(ref).some((member) => member !== ref && this.#direct.has(member));
  }

  /** The entity and everything that belongs to it: owned (with groups below), or part of it, at any depth. */
  members(ref: string): readonly string[] {
    const known = this.#members.get(ref);
    if (known) return known;
    const found = new Set([ref]);
    const isOwner = /^(?:group|user):/.test(ref);
    const members = isOwner ? this.#catalog.ownedBy(ref, { descendants: true }) : [];
    for (const { ref: owned } of members) found.add(owned);
    if (isOwner) for (const group of this.#below(ref)) found.add(group);
    // A component can consist of others; systems and domains always do.
    const queue = isOwner ? [] : [ref];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const part of this.#catalog.related(next, 'hasPart')) {
        if (found.has(part.ref)) continue;
        found.add(part.ref);
        queue.push(part.ref);
      }
    }
    const all = [...found];
    this.#members.set(ref, all);
    return all;
  }

  /** The team a row is counted for; empty without one. */
  teamOf(row: Row): string {
    if (row.bucket !== 'direct') return '';
    if (/^(?:group|user):/.test(row.target)) return row.target;
    return this.#catalog.get(row.target)?.owner ?? '';
  }

  /** The system a row is counted for; empty without one. */
  systemOf(row: Row): string {
    return row.bucket === 'direct' ? this.#container(row.target, 'System') : '';
  }

  /** The domain a row is counted for; empty without one. */
  domainOf(row: Row): string {
    return row.bucket === 'direct' ? this.#container(row.target, 'Domain') : '';
  }

  #container(ref: string, kind: string): string {
    let entity: CatalogEntity | undefined = this.#catalog.get(ref);
    for (let depth = 0; entity && depth < 20; depth += 1) {
      if (entity.entity.kind.toLowerCase() === kind.toLowerCase()) return entity.ref;
      const parents: readonly CatalogEntity[] = this.#catalog.related(entity.ref, 'partOf');
      entity =
        parents.find((parent) => parent.entity.kind.toLowerCase() === kind.toLowerCase()) ??
        parents[0];
    }
    return '';
  }

  #below(ref: string): string[] {
    const found = new Set<string>();
    const queue = [ref];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const child of this.#catalog.related(next, 'parentOf')) {
        if (found.has(child.ref)) continue;
        found.add(child.ref);
        queue.push(child.ref);
      }
    }
    return [...found];
  }
}

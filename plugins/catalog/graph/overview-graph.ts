import type { GraphEdge, GraphNode } from '../../../ui/graph-layout.ts';
import type { Portal } from '../../types.ts';
import { catalogOf, type CatalogEntity } from '../index.ts';
import { kindLook } from '../kind-looks.ts';

const most = 60;
const needs = ['dependsOn', 'consumesApi'];

/** Domains with their systems, and which system needs which because of its parts. */
export function overviewGraph(portal: Portal): {
  nodes: GraphNode[];
  edges: GraphEdge[];
  left: number;
} {
  const catalog = catalogOf(portal);
  const all = [...catalog.ofKind('domain'), ...catalog.ofKind('system')];
  const shown = all.slice(0, most);
  const refs = new Set(shown.map(({ ref }) => ref));
  const edges = new Map<string, GraphEdge>();
  for (const { ref } of shown) {
    for (const parent of catalog.related(ref, 'partOf')) connect(ref, parent.ref, 'part of');
    for (const part of catalog.related(ref, 'hasPart'))
      for (const target of neededBy(part))
        for (const system of catalog.related(target.ref, 'partOf'))
          connect(ref, system.ref, 'needs');
  }

  function neededBy(part: CatalogEntity): CatalogEntity[] {
    return needs.flatMap((type) => catalog.related(part.ref, type));
  }

  function connect(from: string, to: string, label: string): void {
    if (from === to || !refs.has(from) || !refs.has(to)) return;
    edges.set(`${from} ${label} ${to}`, { from, to, label });
  }

  return {
    nodes: shown.map((record) => ({
      id: record.ref,
      title: record.title,
      glyph: kindLook(record.entity.kind).glyph,
      detail: `${catalog.related(record.ref, 'hasPart').length} parts`,
      href: portal.href(record.path),
    })),
    edges: [...edges.values()],
    left: all.length - shown.length,
  };
}

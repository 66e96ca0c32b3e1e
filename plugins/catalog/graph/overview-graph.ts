import type { GraphEdge, GraphNode } from '../../../ui/graph-layout.ts';
import type { Portal } from '../../types.ts';
import { catalogOf } from '../index.ts';
import { kindLook } from '../kind-looks.ts';

const most = 60;

/** The outline of the catalog: domains with the domains and systems in them. */
export function overviewGraph(portal: Portal): {
  nodes: GraphNode[];
  edges: GraphEdge[];
  left: number;
} {
  const catalog = catalogOf(portal);
  const all = [...catalog.ofKind('domain'), ...catalog.ofKind('system')];
  const shown = all.slice(0, most);
  const refs = new Set(shown.map(({ ref }) => ref));
  return {
    nodes: shown.map((record) => ({
      id: record.ref,
      title: record.title,
      glyph: kindLook(record.entity.kind).glyph,
      detail: partsText(catalog.related(record.ref, 'hasPart').length),
      href: portal.href(record.path),
    })),
    edges: shown.flatMap(({ ref }) =>
      catalog
        .related(ref, 'hasPart')
        .filter((part) => refs.has(part.ref) && part.ref !== ref)
        .map((part) => ({ from: ref, to: part.ref })),
    ),
    left: all.length - shown.length,
  };
}

function partsText(count: number): string {
  return count === 1 ? '1 part' : `${count} parts`;
}

import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';

import type { PlacedGraph, PlacedNode } from './graph-layout.ts';

interface Props {
  label: string;
  graph: PlacedGraph;
  /** A plain click chooses a node; with a modifier key its link opens as links do. */
  onChoose(id: string): void;
}

/** Graph.astro for islands. */
export function GraphView({ label, graph, onChoose }: Props): ReactNode {
  const canvas = useRef<HTMLElement>(null);
  const focus = graph.nodes.find(({ isFocus }) => isFocus);
  useEffect(() => {
    if (!canvas.current || !focus) return;
    canvas.current.scrollTo({
      left: focus.x + focus.width / 2 - canvas.current.clientWidth / 2,
      top: focus.y + focus.height / 2 - canvas.current.clientHeight / 2,
    });
  }, [focus]);
  return (
    <section className="graph-canvas graph-canvas-tall" aria-label={label} ref={canvas}>
      <svg
        className="graph-svg"
        width={graph.width}
        height={graph.height}
        viewBox={`0 0 ${graph.width} ${graph.height}`}
      >
        <g aria-hidden="true">
          {graph.edges.map(({ from, to, label: text, path, arrow, labelAt }) => (
            <g key={`${from} ${text} ${to}`}>
              <path className="graph-edge" d={path} />
              <path className="graph-arrow" d={arrow} />
              {labelAt && (
                <text
                  className="graph-edge-label"
                  x={labelAt.x}
                  y={labelAt.y + 3}
                  textAnchor="middle"
                >
                  {text}
                </text>
              )}
            </g>
          ))}
        </g>
        {graph.nodes.map((node) => (
          <NodeBox key={node.id} node={node} onChoose={onChoose} />
        ))}
      </svg>
    </section>
  );
}

function NodeBox({ node, onChoose }: { node: PlacedNode; onChoose(id: string): void }): ReactNode {
  function choose(event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onChoose(node.id);
  }
  const inset = node.glyph ? 34 : 12;
  const classes = [
    'graph-node',
    node.isFocus && 'graph-node-focus',
    node.isMissing && 'graph-node-missing',
  ];
  const shape = (
    <>
      <title>{[node.title, node.detail].filter(Boolean).join(', ')}</title>
      <rect width={node.width} height={node.height} rx="6" />
      {node.glyph && (
        <text className="graph-glyph" x="12" y={node.height / 2 + 3.5} aria-hidden="true">
          {node.glyph}
        </text>
      )}
      <text x={inset} y={node.detail ? 18 : node.height / 2 + 4}>
        {node.shown}
      </text>
      {node.detail && (
        <text className="graph-detail" x={inset} y="33">
          {node.detail}
        </text>
      )}
    </>
  );
  const className = classes.filter(Boolean).join(' ');
  const transform = `translate(${node.x} ${node.y})`;
  if (!node.href)
    return (
      <g className={className} transform={transform}>
        {shape}
      </g>
    );
  return (
    <g transform={transform}>
      <a
        className={className}
        href={node.href}
        aria-current={node.isFocus ? 'true' : undefined}
        onClick={choose}
      >
        {shape}
      </a>
    </g>
  );
}

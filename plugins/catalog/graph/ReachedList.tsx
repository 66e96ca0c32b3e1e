import type { ReactNode } from 'react';

import type { Reached } from './explore.ts';

interface Props {
  reached: Reached;
  onChoose(ref: string): void;
}

/** The drawing as a list, by how many steps away things are. */
export function ReachedList({ reached, onChoose }: Props): ReactNode {
  const byDistance = Map.groupBy(
    reached.nodes.filter(({ distance }) => distance > 0),
    ({ distance }) => distance,
  );
  if (byDistance.size === 0) return null;
  return (
    <section className="card card-flush" aria-label="The same as a list">
      <div className="card-header">
        <h2>The same as a list</h2>
      </div>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Steps</th>
              <th scope="col">Entity</th>
              <th scope="col">What it is</th>
              <th scope="col">Graph</th>
            </tr>
          </thead>
          <tbody>
            {[...byDistance].flatMap(([distance, nodes]) =>
              nodes.map((node) => (
                <tr key={node.ref}>
                  <td>{distance}</td>
                  <th scope="row" dir="auto">
                    {node.href ? <a href={node.href}>{node.title}</a> : node.title}
                  </th>
                  <td>{node.detail}</td>
                  <td>
                    <button
                      type="button"
                      className="button button-s"
                      aria-label={`From here: ${node.title}`}
                      onClick={() => onChoose(node.ref)}
                    >
                      From here
                    </button>
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

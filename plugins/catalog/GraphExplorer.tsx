import { useEffect, useMemo, useState, type ReactNode } from 'react';

import { layoutGraph } from '../../ui/graph-layout.ts';
import { GraphView as Drawing } from '../../ui/GraphView.tsx';
import { explore, graphSearch, parseGraphView, stepsOf, type GraphView } from './graph/explore.ts';
import type { GraphData } from './graph/graph-data.ts';
import { GraphControls } from './graph/GraphControls.tsx';
import { ReachedList } from './graph/ReachedList.tsx';

interface Props {
  /** The portal's base path, with a slash at both ends. */
  base: string;
}

/** Walks the graph from one entity outwards: a click makes another the middle. */
export default function GraphExplorer({ base }: Props): ReactNode {
  const [view, setView] = useGraphView();
  const { data, error } = useGraph(base);
  const steps = useMemo(() => (data ? stepsOf(data) : []), [data]);
  const reached = useMemo(
    () => (data ? explore(data, steps, view, base) : undefined),
    [data, steps, view, base],
  );
  const graph = useMemo(() => reached && layoutGraph(reached.nodes, reached.edges), [reached]);
  const focus = reached?.nodes[0];

  return (
    <div className="explorer stack needs-script">
      <GraphControls data={data} view={view} setView={setView} />
      {error && <p role="alert">{error}</p>}
      {data && view.focus && !focus && (
        <div className="empty">
          <p className="empty-title">{view.focus} is not in the graph</p>
          <p className="small">It may have been renamed or removed. Choose another entity above.</p>
        </div>
      )}
      {graph && focus && reached && (
        <div className="card">
          <div className="card-header">
            <h2 dir="auto">{focus.title}</h2>
            <span className="count">{reached.nodes.length - 1}</span>
            <span className="card-actions">
              {reached.left > 0 && (
                <span className="muted">{reached.left.toLocaleString('en')} more not drawn</span>
              )}
              {focus.href && <a href={focus.href}>Open its page</a>}
            </span>
          </div>
          {reached.nodes.length === 1 ? (
            <div className="card-body">
              <p className="muted">
                Nothing is reached this way. Follow other relations or the other direction.
              </p>
            </div>
          ) : (
            <Drawing
              label={`Around ${focus.title}`}
              graph={graph}
              onChoose={(ref) => setView({ ...view, focus: ref })}
            />
          )}
        </div>
      )}
      {reached && focus && (
        <ReachedList reached={reached} onChoose={(ref) => setView({ ...view, focus: ref })} />
      )}
    </div>
  );
}

function useGraph(base: string): { data: GraphData | undefined; error: string | undefined } {
  const [data, setData] = useState<GraphData>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    fetch(`${base}api/catalog/graph.json`, { signal: stop.signal })
      .then((response) => {
        if (!response.ok) throw new Error(`the server answered ${response.status}`);
        return response.json() as Promise<GraphData>;
      })
      .then(setData)
      .catch((cause: unknown) => {
        if (!stop.signal.aborted)
          setError(`The graph could not be loaded (${String(cause)}). Reload to try again.`);
      });
    return () => stop.abort();
  }, [base]);
  return { data, error };
}

/** The view in the address; a new middle is a step back can undo. */
function useGraphView(): [GraphView, (view: GraphView) => void] {
  const [view, setView] = useState(() => parseGraphView(''));
  useEffect(() => {
    function read(): void {
      setView(parseGraphView(location.search));
    }
    read();
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  function change(next: GraphView): void {
    const address = location.pathname + graphSearch(next);
    if (next.focus === view.focus) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setView(next);
  }
  return [view, change];
}

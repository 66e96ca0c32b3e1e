import { useMemo, useState, type ReactNode } from 'react';

import { compareKinds, kindLook } from '../kind-looks.ts';
import { relationLook } from '../relation-looks.ts';
import { kindOf, usualRelations, type GraphView } from './explore.ts';
import type { GraphData } from './graph-data.ts';

interface Props {
  data: GraphData | undefined;
  view: GraphView;
  setView(view: GraphView): void;
}

const directions = [
  ['both', 'both ways'],
  ['out', 'what it needs'],
  ['in', 'what needs it'],
] as const;

/** From where, how far, along what. */
export function GraphControls({ data, view, setView }: Props): ReactNode {
  const kinds = useMemo(
    () => [...new Set((data?.nodes ?? []).map(([ref]) => kindOf(ref)))].toSorted(compareKinds),
    [data],
  );
  const followed = view.relations.length > 0 ? view.relations : usualRelations;
  const types =
    data?.types.toSorted((a, b) => relationLook(a).title.localeCompare(relationLook(b).title)) ??
    [];
  return (
    <div className="explorer-controls">
      <FocusField data={data} view={view} setView={setView} />
      <div className="field">
        <label htmlFor="graph-depth">Steps</label>
        <select
          id="graph-depth"
          className="input"
          value={view.depth}
          onChange={(event) => setView({ ...view, depth: Number(event.target.value) })}
        >
          {[1, 2, 3, 4, 5].map((depth) => (
            <option key={depth}>{depth}</option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="graph-direction">Direction</label>
        <select
          id="graph-direction"
          className="input"
          value={view.direction}
          onChange={(event) =>
            setView({ ...view, direction: event.target.value as GraphView['direction'] })
          }
        >
          {directions.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <Choices
        title="Relations"
        values={types}
        labelOf={(type) => relationLook(type).verb}
        chosen={followed}
        onChange={(relations) =>
          setView({ ...view, relations: sameSet(relations, usualRelations) ? [] : relations })
        }
      />
      <Choices
        title="Kinds"
        values={kinds}
        labelOf={(kind) => kindLook(kind).many}
        chosen={kinds.filter((kind) => !view.without.includes(kind))}
        onChange={(chosen) =>
          setView({ ...view, without: kinds.filter((kind) => !chosen.includes(kind)) })
        }
      />
    </div>
  );
}

/** Found by title or ref; the browser's own list completes. */
function FocusField({ data, view, setView }: Props): ReactNode {
  const [text, setText] = useState<string>();
  const titles = useMemo(() => new Map(data?.nodes.map(([ref, title]) => [ref, title])), [data]);
  const wanted = text?.trim().toLowerCase() ?? '';
  const offered = useMemo(
    () =>
      wanted.length < 2
        ? []
        : (data?.nodes ?? [])
            .filter(([ref, title]) => ref.includes(wanted) || title.toLowerCase().includes(wanted))
            .slice(0, 20),
    [data, wanted],
  );
  function choose(value: string): void {
    setText(value);
    const found = data?.nodes.find(([ref]) => ref === value.trim().toLowerCase());
    if (!found) return;
    setText(undefined);
    setView({ ...view, focus: found[0] });
  }
  return (
    <form
      className="field explorer-focus"
      onSubmit={(event) => {
        event.preventDefault();
        if (offered[0]) choose(offered[0][0]);
      }}
    >
      <label htmlFor="graph-focus">From</label>
      <input
        id="graph-focus"
        className="input"
        list="graph-offered"
        autoComplete="off"
        placeholder="Name or ref of an entity"
        value={text ?? titles.get(view.focus) ?? view.focus}
        onFocus={(event) => event.target.select()}
        onChange={(event) => choose(event.target.value)}
      />
      <datalist id="graph-offered">
        {offered.map(([ref, title]) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </datalist>
    </form>
  );
}

interface ChoicesProps {
  title: string;
  values: readonly string[];
  labelOf(value: string): string;
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

function Choices({ title, values, labelOf, chosen, onChange }: ChoicesProps): ReactNode {
  return (
    <fieldset className="explorer-choices">
      <legend>{title}</legend>
      {values.map((value) => (
        <label key={value} className="facet-option">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(
                event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value),
              )
            }
          />
          <span>{labelOf(value)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}

import { memo, type ReactNode } from 'react';

import { compareKinds, kindLook } from '../kind-looks.ts';
import type { FacetValue } from './facets.ts';
import type { ChangeView } from './use-view.ts';
import type { ListView } from './view.ts';

interface Props {
  counts: Readonly<Record<string, FacetValue[]>>;
  view: ListView;
  changeView: ChangeView;
}

/** The kinds there are, above the list: the choice made most. */
export const KindTabs = memo(function KindTabs({ counts, view, changeView }: Props): ReactNode {
  const { chosen } = view;
  const kinds = (counts['kind'] ?? []).toSorted((a, b) => compareKinds(a.value, b.value));
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  function choose(kind: string | undefined): void {
    changeView({ chosen: { ...chosen, kind: kind ? [kind] : [] } });
  }
  return (
    <fieldset className="segments needs-script" aria-label="Kind">
      <Segment
        title="All"
        count={total}
        isChosen={!chosen['kind']?.length}
        onChoose={() => choose(undefined)}
      />
      {kinds.map(({ value, count }) => (
        <Segment
          key={value}
          title={kindLook(value).many}
          count={count}
          isChosen={chosen['kind']?.includes(value) ?? false}
          onChoose={() => choose(value)}
        />
      ))}
    </fieldset>
  );
});

interface SegmentProps {
  title: string;
  count: number;
  isChosen: boolean;
  onChoose(): void;
}

function Segment({ title, count, isChosen, onChoose }: SegmentProps): ReactNode {
  return (
    <button type="button" className="segment" aria-pressed={isChosen} onClick={onChoose}>
      {title} <span className="count">{count.toLocaleString('en')}</span>
    </button>
  );
}

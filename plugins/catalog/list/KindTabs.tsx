import type { ReactNode } from 'react';

import { compareKinds, kindLook } from '../kind-looks.ts';
import type { FacetValue } from './facets.ts';

interface Props {
  values: readonly FacetValue[];
  chosen: readonly string[];
  onChoose(kind: string | undefined): void;
}

/** The kinds there are, above the list: the choice made most. */
export function KindTabs({ values, chosen, onChoose }: Props): ReactNode {
  const kinds = values.toSorted((a, b) => compareKinds(a.value, b.value));
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <fieldset className="segments needs-script" aria-label="Kind">
      <Segment
        title="All"
        count={total}
        isChosen={chosen.length === 0}
        onChoose={() => onChoose(undefined)}
      />
      {kinds.map(({ value, count }) => (
        <Segment
          key={value}
          title={kindLook(value).many}
          count={count}
          isChosen={chosen.includes(value)}
          onChoose={() => onChoose(value)}
        />
      ))}
    </fieldset>
  );
}

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

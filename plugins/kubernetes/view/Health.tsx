import type { ReactNode } from 'react';

import { Dot } from '../../../ui/Dot.tsx';
import type { Health as Verdict } from '../schema.ts';
import { toneOf, wordOf } from '../words.ts';

/** A status as shape and word. */
export function Health({ status }: { status: Verdict['status'] }): ReactNode {
  const tone = toneOf(status);
  return (
    <span className={`status status-${tone}`}>
      <Dot tone={tone} />
      <span dir="auto">{wordOf(status)}</span>
    </span>
  );
}

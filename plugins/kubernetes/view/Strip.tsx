import type { ReactNode } from 'react';

import type { Day } from '../history/past.ts';
import { toneOf, wordOf } from '../words.ts';

const heights = { ok: 5, info: 9, warn: 12, error: 16, unknown: 3 };

/** Thirty days as thirty bars: full height is broken, low is well, none is not read. */
export function Strip({ days }: { days: readonly Day[] }): ReactNode {
  const known = days.filter((day) => day.status !== undefined);
  const broken = known.filter((day) => day.status === 'Degraded').length;
  const label = `Last ${days.length} days: ${known.length} read, degraded on ${broken}`;
  const width = days.length * 4 - 1;
  return (
    <svg
      className="k8s-strip"
      width={width}
      height="16"
      viewBox={`0 0 ${width} 16`}
      role="img"
      aria-label={label}
    >
      {days.map(({ date, status }, index) => {
        const height = status === undefined ? 1 : heights[toneOf(status)];
        return (
          <rect
            key={date}
            className={status ? `k8s-bar-${toneOf(status)}` : 'k8s-bar-none'}
            x={index * 4}
            y={16 - height}
            width="3"
            height={height}
          >
            <title>{`${date}: ${status ? wordOf(status) : 'not read'}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

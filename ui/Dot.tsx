import type { ReactNode } from 'react';

import type { Tone } from './tone.ts';

const shapes: Record<Tone, ReactNode> = {
  ok: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  warn: <path d="M5 0.8 9.6 9.2H0.4Z" fill="currentColor" />,
  error: <rect x="1" y="1" width="8" height="8" rx="1" fill="currentColor" />,
  info: <path d="M5 0.4 9.6 5 5 9.6 0.4 5Z" fill="currentColor" />,
  unknown: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

/** Dot.astro for islands: the shape of a state, always beside a word. */
export function Dot({ tone }: { tone: Tone }): ReactNode {
  return (
    <svg className="status-dot" viewBox="0 0 10 10" aria-hidden="true">
      {shapes[tone]}
    </svg>
  );
}

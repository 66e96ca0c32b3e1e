import type { ReactNode } from 'react';

/** Age.astro for islands: a date in the HTML, an age once `showAges` has run over it. */
export function Age({ at }: { at: string }): ReactNode {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return <span className="age">{at}</span>;
  const text = moment.toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return (
    <time className="age" dateTime={moment.toISOString()} title={`${text} UTC`} data-age="">
      {text} UTC
    </time>
  );
}

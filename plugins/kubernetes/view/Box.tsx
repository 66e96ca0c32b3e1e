import type { ReactNode } from 'react';

interface Props {
  title: string;
  count: number;
  /** Lets a table reach the edges. */
  isFlush?: boolean;
  children: ReactNode;
}

/** Card.astro for what is drawn in the browser too. */
export function Box({ title, count, isFlush = true, children }: Props): ReactNode {
  return (
    <section className={isFlush ? 'card card-flush' : 'card'}>
      <div className="card-header">
        <h2>{title}</h2>
        <span className="count">{count.toLocaleString('en')}</span>
      </div>
      <div className="card-body">{children}</div>
    </section>
  );
}

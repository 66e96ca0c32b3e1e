import type { ReactNode } from 'react';

interface Props {
  titles: readonly string[];
  /** Those whose columns hold numbers. */
  numeric?: readonly string[];
}

/** The head of a table. */
export function TableHead({ titles, numeric }: Props): ReactNode {
  return (
    <thead>
      <tr>
        {titles.map((title) => (
          <th scope="col" className={numeric?.includes(title) ? 'numeric' : undefined} key={title}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

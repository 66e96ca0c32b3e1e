import type { ReactNode } from 'react';

/** Icon.astro for islands: takes the file's text (`…svg?raw`), so that a page loads the icons it shows and no others. */
export function SvgIcon({ svg }: { svg: string }): ReactNode {
  const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      aria-hidden="true"
      // oxlint-disable-next-line react/no-danger -- our own icon files
      dangerouslySetInnerHTML={{ __html: shapes }}
    />
  );
}

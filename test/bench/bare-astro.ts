import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const page = `---
export function getStaticPaths() {
  const count = Number(process.env.PAGES);
  return Array.from({ length: count }, (_, index) => ({ params: { path: 'entity-' + index }, props: { index } }));
}
const { index } = Astro.props;
---
<html lang="en">
  <head><meta charset="utf-8"><title>Entity {index}</title></head>
  <body>
    <h1>Entity {index}</h1>
    <p>One of many pages that differ in a number only.</p>
    <ul>{[1, 2, 3, 4, 5].map((step) => <li><a href={'/entity-' + (index + step) + '/'}>Entity {index + step}</a></li>)}</ul>
  </body>
</html>
`;

/** Writes the smallest Astro site that has a number of pages (from the variable PAGES): the floor beneath any build of ours. */
export function writeBareSite(folder: string, engine: string): void {
  mkdirSync(join(folder, 'src/pages'), { recursive: true });
  writeFileSync(join(folder, 'src/pages/[path].astro'), page);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'astro.config.mjs'),
    'export default { devToolbar: { enabled: false } };\n',
  );
  symlinkSync(join(engine, 'node_modules'), join(folder, 'node_modules'));
}

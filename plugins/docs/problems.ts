import type { ProblemKind } from '../types.ts';

/** Everything that can be wrong in documentation. */
export const problems: Readonly<Record<string, ProblemKind>> = {
  'docs/bad-reference': {
    severity: 'error',
    title: 'A techdocs reference that leads nowhere',
    explain:
      'The annotation `backstage.io/techdocs-ref` says where the documentation is. It must be `dir:` with a path in the same repository, or `url:` with the address of a folder in a repository this portal reads.',
    fix: 'Write `backstage.io/techdocs-ref: dir:.` next to the `mkdocs.yml`, or correct the path.',
  },
  'docs/no-pages': {
    severity: 'warning',
    title: 'Documentation without pages',
    explain: 'The annotation promises documentation, but the folder holds no Markdown.',
    fix: 'Add `docs/index.md`, or take the annotation away.',
  },
  'docs/bad-config': {
    severity: 'error',
    title: 'A mkdocs.yml that cannot be read',
    explain:
      'The configuration is not valid YAML, so the pages are shown in the order of their files.',
    fix: 'Correct the line named in the message.',
  },
  'docs/ignored-setting': {
    severity: 'info',
    title: 'A setting without effect here',
    explain:
      'MkDocs knows plugins, extensions and settings that run Python or change the theme. Pages are rendered here without them.',
    fix: 'Nothing has to be done; the pages may look different from MkDocs in that respect.',
  },
  'docs/missing-nav-page': {
    severity: 'warning',
    title: 'A navigation entry without its page',
    explain: '`nav` names a file that is not in the docs folder.',
    fix: 'Correct the path in `nav`, or add the page.',
  },
  'docs/broken-link': {
    severity: 'warning',
    title: 'A link to a page that does not exist',
    explain: 'Readers who follow the link see an error.',
    fix: 'Correct the path; links between pages are relative to the file they are written in.',
  },
  'docs/broken-anchor': {
    severity: 'warning',
    title: 'A link to a heading that does not exist',
    explain: 'The page opens at its top instead of the place that is meant.',
    fix: 'Use the id of a heading as the page shows it; ids change with the text of the heading.',
  },
  'docs/missing-image': {
    severity: 'warning',
    title: 'An image or file that does not exist',
    explain: 'The page shows a gap where the picture should be.',
    fix: 'Commit the file, or correct its path.',
  },
  'docs/outside': {
    severity: 'warning',
    title: 'A link that leaves the repository',
    explain: 'The path has more `..` than folders, so there is nothing it could mean.',
    fix: 'Link to a file of the repository, or use a full address.',
  },
  'docs/orphan-page': {
    severity: 'info',
    title: 'A page nobody finds',
    explain: 'The page is not in `nav` and no other page links to it; only search leads there.',
    fix: 'Add it to `nav`, link to it, or name it in `not_in_nav`.',
  },
  'docs/empty-page': {
    severity: 'info',
    title: 'An empty page',
    explain: 'The page has a place in the navigation but says nothing.',
    fix: 'Write it, or take it out.',
  },
  'docs/stale-page': {
    severity: 'info',
    title: 'Documentation that has not changed for long',
    explain: 'The repository moves on while this page stays as it is; it may no longer be true.',
    fix: 'Read it again, correct what is wrong, and commit even a small change.',
  },
  'docs/unowned': {
    severity: 'info',
    title: 'Documentation without an owner',
    explain: 'Nobody is named who answers questions about these pages.',
    fix: 'Give the entity a `spec.owner`.',
  },
  'docs/too-large': {
    severity: 'warning',
    title: 'Documentation over the limits',
    explain:
      'A page may have 2 MB, a file 10 MB, a site 100 MB and 10,000 files. What is larger is left out.',
    fix: 'Split the page, or keep large files outside the docs folder.',
  },
  'docs/render-failed': {
    severity: 'error',
    title: 'A page that could not be rendered',
    explain: 'Rendering took longer than five seconds or failed; the page says so in its place.',
    fix: 'Look for very long lines, deep nesting or huge tables, and report the page to us if there are none.',
  },
  'docs/front-matter': {
    severity: 'warning',
    title: 'Front matter that cannot be read',
    explain: 'Front matter is read as YAML and never run, whatever language it names.',
    fix: 'Write it in YAML between two lines of three hyphens.',
  },
  'docs/missing-include': {
    severity: 'warning',
    title: 'An included file that does not exist',
    explain: 'The page leaves a gap where the text of the file should be.',
    fix: 'Correct the path; it is relative to the docs folder, to mkdocs.yml or to `base_path`.',
  },
  'docs/remote-include': {
    severity: 'warning',
    title: 'An include from the network',
    explain: 'Nothing is fetched while pages are made, so the text is left out.',
    fix: 'Commit the text to the repository and include it from there.',
  },
  'docs/python-only': {
    severity: 'info',
    title: 'Text only Python could fill in',
    explain:
      'Macros and `:::` directives of MkDocs plugins run Python. They are shown as they were written.',
    fix: 'Replace them with plain Markdown, or generate the pages before they are committed.',
  },
  'docs/plantuml': {
    severity: 'info',
    title: 'PlantUML shown as text',
    explain: 'PlantUML needs a Java server to draw. The diagram is shown as its source.',
    fix: 'Write the diagram in Mermaid or Graphviz, commit it as an SVG, or name a server in the option `plantumlServer`.',
  },
  'docs/diagram': {
    severity: 'warning',
    title: 'A diagram that cannot be drawn',
    explain: 'The source of the diagram has an error; it is shown as text.',
    fix: 'Correct the diagram; the message names the line.',
  },
  'docs/math': {
    severity: 'warning',
    title: 'A formula that cannot be set',
    explain: 'The formula uses something KaTeX does not know; it is shown as it was written.',
    fix: 'Correct the formula, or use a command KaTeX supports.',
  },
};

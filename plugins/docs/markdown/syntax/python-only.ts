/** What only Python could fill in, shown as it was written: `::: module` of mkdocstrings, Jinja macros. */
import type { Nodes, Paragraph, Root } from 'mdast';

export interface PythonOnly {
  /** As the plugin is called. */
  feature: 'mkdocstrings' | 'macros';
  text: string;
}

const directive = /^::: *[\w.]/u;
const macro = /^\s*(?:\{%[^]*%\}|\{\{[^]*\}\})\s*$/u;
const anyMacro = /\{\{[^{}\n]+\}\}|\{%[^%\n]+%\}/u;

/** Marks the paragraphs, and tells what was found. */
export function markPythonOnly(tree: Root): PythonOnly[] {
  const found: PythonOnly[] = [];
  visit(tree, found);
  return found;
}

function visit(node: Nodes, found: PythonOnly[]): void {
  if (!('children' in node)) return;
  for (const [index, child] of (node.children as Nodes[]).entries()) {
    if (child.type !== 'paragraph') {
      visit(child, found);
      continue;
    }
    const text = textOf(child);
    const isDirective = directive.test(text);
    if (!isDirective && !anyMacro.test(text)) continue;
    found.push({ feature: isDirective ? 'mkdocstrings' : 'macros', text });
    if (isDirective || macro.test(text)) node.children[index] = marked(child) as never;
  }
}

/** Code is shown as written anyway: it tells how a macro is written. */
function textOf(paragraph: Paragraph): string {
  return paragraph.children.map((child) => (child.type === 'text' ? child.value : '')).join('');
}

function marked(paragraph: Paragraph): object {
  return {
    type: 'container',
    data: { hName: 'div', hProperties: { className: ['unrendered'] } },
    children: [paragraph],
  };
}

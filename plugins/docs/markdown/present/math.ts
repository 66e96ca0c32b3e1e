/** Math as MathML, which every browser draws itself: no style attributes, no fonts, readable by screen readers. */
import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { renderToString } from 'katex';

import { findAll, hasClass, textOf } from './find.ts';

/** Sets every formula; those KaTeX cannot read stay as they were written. Returns why. */
export function setMath(tree: Root): string[] {
  const failures: string[] = [];
  for (const { element } of findAll(tree, '*')) {
    if (!hasClass(element, 'arithmatex')) continue;
    const source = textOf(element).trim();
    const isDisplay = source.startsWith('\\[') || element.tagName === 'div';
    const tex = source.replace(/^\\[([]/u, '').replace(/\\[)\]]$/u, '');
    const set = render(tex, isDisplay);
    if (typeof set === 'string') failures.push(set);
    else element.children = set;
  }
  return failures;
}

function render(tex: string, displayMode: boolean): Element['children'] | string {
  try {
    const html = renderToString(tex, {
      displayMode,
      output: 'mathml',
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxSize: 20,
      maxExpand: 1_000,
    });
    const root = fromHtml(html, { fragment: true });
    for (const { element } of findAll(root, '*')) {
      for (const key of Object.keys(element.properties)) {
        if (key === 'style' || key === 'href' || /^on/iu.test(key)) delete element.properties[key];
      }
    }
    return root.children as Element['children'];
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

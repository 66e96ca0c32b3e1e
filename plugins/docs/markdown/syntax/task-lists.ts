/** `- [ ]` and `- [x]`. */
import type { Block } from '../dialect/block.ts';
import type { Page } from '../dialect/page.ts';
import type { TreeRule } from '../dialect/rules.ts';

export const taskLists: TreeRule = { name: 'task-list', priority: 25, run };

const box = /^(?:\[([ xX])\] +)(.*)/su;

function run(root: Block, page: Page): void {
  for (const parent of root.walk()) {
    for (const item of parent.children) {
      if (item.tag !== 'li' || !check(item, page)) continue;
      item.addClass('task-list-item');
      if (!parent.hasClass('task-list')) parent.addClass('task-list');
    }
  }
}

function check(item: Block, page: Page): boolean {
  const holder = item.text ? item : item.children[0];
  if (!holder || (holder !== item && holder.tag !== 'p')) return false;
  const match = box.exec(holder.text);
  if (!match) return false;
  const node = {
    type: 'checkbox',
    data: {
      hName: 'input',
      hProperties: { type: 'checkbox', disabled: true, checked: match[1] !== ' ' },
    },
  };
  holder.text = `${page.store({ kind: 'node', node: node as never })} ${match[2]}`;
  return true;
}

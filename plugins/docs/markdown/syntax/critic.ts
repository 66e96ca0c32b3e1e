/** CriticMarkup: `{++in++}`, `{--out--}`, `{~~old~>new~~}`, `{==mark==}`, `{>>comment<<}`. */
import type { Draft, InlineResult, InlineRule } from '../dialect/rules.ts';

export const critic: InlineRule = {
  name: 'critic',
  priority: 189.5,
  triggers: ['{++', '{--', '{==', '{>>', '{~~'],
  pattern: /\{(?:\+\+(.*?)\+\+|--(.*?)--|==(.*?)==|>>(.*?)<<|~~(.*?)~>(.*?)~~)\}/gsu,
  run,
};

function run(match: RegExpExecArray): InlineResult {
  const [whole, added, removed, marked, comment, old, fresh] = match;
  const span = { start: match.index, end: match.index + whole.length };
  if (added !== undefined) return { node: change('ins', added), ...span };
  if (removed !== undefined) return { node: change('del', removed), ...span };
  if (marked !== undefined) return { node: change('mark', marked), ...span };
  if (comment !== undefined) return { node: change('span', comment, 'comment'), ...span };
  const both = {
    type: 'span',
    data: { hName: 'span' },
    children: [change('del', old!), change('ins', fresh!)],
  };
  return { node: both, ...span };
}

function change(tag: string, text: string, more?: string): Draft {
  const className = more ? ['critic', more] : ['critic'];
  return { type: tag, data: { hName: tag, hProperties: { className } }, children: [text] };
}

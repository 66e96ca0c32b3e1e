/** `:smile:` as the character, `:material-account:` and its like as an icon. */
import { nameToEmoji } from 'gemoji';

import type { InlineResult, InlineRule } from '../dialect/rules.ts';

export const emoji: InlineRule = {
  name: 'emoji',
  priority: 75,
  triggers: [':'],
  pattern: /:([+\-\w]+):/gu,
  run,
};

const sets = /^(material|fontawesome|octicons|simple)-/u;

/** Short names other indexes use for what gemoji calls differently. */
const others: Record<string, string> = {
  thumbsup: '+1',
  thumbsdown: '-1',
  thinking: 'thinking',
  tools: 'hammer_and_wrench',
  check_mark: 'heavy_check_mark',
  white_check: 'white_check_mark',
  warning_sign: 'warning',
  information: 'information_source',
  gear_symbol: 'gear',
  slight_smile: 'slightly_smiling_face',
  slight_frown: 'slightly_frowning_face',
  tools_hammer: 'hammer',
  pencil: 'memo',
  notebook_spiral: 'spiral_notepad',
  calendar_spiral: 'spiral_calendar',
  light_bulb: 'bulb',
  construction_site: 'building_construction',
  file_cabinet: 'file_cabinet',
  tada_party: 'tada',
  unicorn_face: 'unicorn',
};

/** Other indexes put the person first, and name skin tones and flags. */
function characterOf(name: string): string | undefined {
  const known = nameToEmoji[name] ?? nameToEmoji[others[name] ?? ''];
  if (known) return known;
  const flag = /^flag_([a-z]{2})$/u.exec(name)?.[1];
  if (flag) {
    return [...flag].map((each) => String.fromCodePoint(each.charCodeAt(0) + 0x1_f1_85)).join('');
  }
  const bare = name.replace(/_tone[1-5](?:_tone[1-5])?$/u, '');
  if (bare !== name) return characterOf(bare);
  const person = /^(man|woman)_(.+)$/u.exec(name);
  return person ? nameToEmoji[`${person[2]}_${person[1]}`] : undefined;
}

function run(match: RegExpExecArray): InlineResult {
  const name = match[1]!;
  const span = { start: match.index, end: match.index + match[0].length };
  if (sets.test(name)) {
    const data = { hName: 'span', hProperties: { className: ['icon'], dataIcon: name } };
    return { node: { type: 'icon', data, children: [] }, ...span };
  }
  const character = characterOf(name);
  if (!character) return undefined;
  const data = { hName: 'span', hProperties: { className: ['emoji'], title: `:${name}:` } };
  return { node: { type: 'icon', data, children: [{ type: 'text', value: character }] }, ...span };
}

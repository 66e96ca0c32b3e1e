/** `++ctrl+alt+del++` as keys. */
import type { InlineResult, InlineRule } from '../dialect/rules.ts';

export const keys: InlineRule = {
  name: 'keys',
  priority: 185,
  triggers: ['++'],
  pattern:
    /(?<!\\)\+{2}((?:(?:[\p{L}\p{N}_-]+|"(?:\\.|[^"])+"|'(?:\\.|[^'])+')\+)*?(?:[\p{L}\p{N}_-]+|"(?:\\.|[^"])+"|'(?:\\.|[^'])+'))\+{2}/gu,
  run,
};

/** Names that read differently from how they are written. */
const labels: Record<string, string> = {
  alt: 'Alt',
  'left-alt': 'Left Alt',
  'right-alt': 'Right Alt',
  altgr: 'AltGr',
  command: 'Cmd',
  cmd: 'Cmd',
  control: 'Ctrl',
  ctrl: 'Ctrl',
  'left-control': 'Left Ctrl',
  'right-control': 'Right Ctrl',
  function: 'Fn',
  fn: 'Fn',
  meta: 'Meta',
  option: 'Option',
  shift: 'Shift',
  'left-shift': 'Left Shift',
  'right-shift': 'Right Shift',
  super: 'Super',
  windows: 'Win',
  win: 'Win',
  'arrow-down': 'Down',
  down: 'Down',
  'arrow-left': 'Left',
  left: 'Left',
  'arrow-right': 'Right',
  right: 'Right',
  'arrow-up': 'Up',
  up: 'Up',
  'page-down': 'Page Down',
  'pg-down': 'Page Down',
  pgdn: 'Page Down',
  'page-up': 'Page Up',
  pgup: 'Page Up',
  end: 'End',
  home: 'Home',
  tab: 'Tab',
  backspace: 'Backspace',
  bksp: 'Backspace',
  delete: 'Del',
  del: 'Del',
  insert: 'Ins',
  ins: 'Ins',
  escape: 'Esc',
  esc: 'Esc',
  enter: 'Enter',
  return: 'Return',
  'caps-lock': 'Caps Lock',
  capslk: 'Caps Lock',
  'num-lock': 'Num Lock',
  'scroll-lock': 'Scroll Lock',
  'print-screen': 'Print Screen',
  prtsc: 'Print Screen',
  pause: 'Pause',
  break: 'Break',
  space: 'Space',
  spc: 'Space',
  'context-menu': 'Menu',
  menu: 'Menu',
  apostrophe: "'",
  backslash: '\\',
  'back-slash': '\\',
  bar: '|',
  pipe: '|',
  brace: '{',
  'left-brace': '{',
  'right-brace': '}',
  bracket: '[',
  'left-bracket': '[',
  'right-bracket': ']',
  colon: ':',
  comma: ',',
  dot: '.',
  period: '.',
  equal: '=',
  exclam: '!',
  grave: '`',
  backtick: '`',
  hyphen: '-',
  minus: '-',
  plus: '+',
  question: '?',
  semicolon: ';',
  slash: '/',
  tilde: '~',
  underscore: '_',
  asterisk: '*',
  'double-quote': '"',
  'single-quote': "'",
  quote: "'",
  ampersand: '&',
  hash: '#',
  dollar: '$',
  percent: '%',
  at: '@',
  less: '<',
  greater: '>',
  backtab: 'Back Tab',
  clear: 'Clear',
  eject: 'Eject',
  'left-button': 'Left Button',
  'middle-button': 'Middle Button',
  'right-button': 'Right Button',
};

function run(match: RegExpExecArray): InlineResult {
  const names = match[1]!.match(/"(?:\\.|[^"])+"|'(?:\\.|[^'])+'|[^+]+/gu) ?? [];
  const texts = names.map((name) => labelOf(name));
  if (texts.some((text) => text === undefined)) return undefined;
  const children: object[] = [];
  for (const [index, value] of texts.entries()) {
    if (index > 0) children.push(element('span', '+'));
    children.push(element('kbd', value!));
  }
  return {
    node: {
      type: 'keys',
      data: { hName: 'span', hProperties: { className: ['keys'] } },
      children: children as never,
    },
    start: match.index,
    end: match.index + match[0].length,
  };
}

function element(type: string, value: string): object {
  return { type, data: { hName: type }, children: [{ type: 'text', value }] };
}

function labelOf(name: string): string | undefined {
  if (/^["']/u.test(name)) return name.slice(1, -1).replace(/\\(.)/gu, '$1').trim();
  const lower = name.toLowerCase();
  if (labels[lower]) return labels[lower];
  if (/^f(?:[1-9]|1\d|2[0-4])$/u.test(lower)) return lower.toUpperCase();
  if (/^num(?:pad)?-?\w+$/u.test(lower)) return `Num ${lower.replace(/^num(?:pad)?-?/u, '')}`;
  return /^[a-z0-9]$/u.test(lower) ? lower.toUpperCase() : undefined;
}

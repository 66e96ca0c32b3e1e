/** Templates made at random from the grammar people write, the same for the same seed. */

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What generated templates read as `values`. */
export const fuzzValues = {
  name: 'payments-fx',
  title: 'Turns "money" <b>& more</b>',
  empty: '',
  count: 3,
  ratio: 0.5,
  zero: 0,
  negative: -7,
  yes: true,
  no: false,
  nothing: null,
  list: ['b', 'a', 'c'],
  numbers: [3, 1, 2],
  gone: [] as string[],
  people: [
    { name: 'ada', age: 36, team: 'x' },
    { name: 'bob', age: 29, team: 'y' },
    { name: 'cyd', age: 36, team: 'x' },
  ],
  owner: { name: 'platform', members: 3, deep: { er: 'yes' } },
  repoUrl: 'github.com?owner=acme&repo=checkout',
  ref: 'group:default/payments',
  long: 'one two three four five six\nseven  eight\n\nnine',
};

type Random = () => number;

const texts = ['name', 'title', 'empty', 'long', 'owner.name', 'owner.deep.er', 'ref', 'repoUrl'];
const numbers = ['count', 'ratio', 'zero', 'negative', 'owner.members', 'list.length'];
const lists = ['list', 'numbers', 'gone', 'people'];
const others = ['yes', 'no', 'nothing', 'missing', 'owner.missing', 'owner'];
const constants = [
  '"x"',
  "'y z'",
  '1',
  '2.5',
  '0',
  'true',
  'false',
  'none',
  '[1, "a"]',
  '{ "k": 1 }',
];

const textFilters = [
  'upper',
  'lower',
  'capitalize',
  'title',
  'trim',
  'length',
  'escape',
  'urlencode',
  'wordcount',
  'string',
  'reverse',
  'first',
  'last',
  'list',
  'striptags',
  'nl2br',
  'safe',
  'dump',
  'int',
  'float',
  'indent',
  'center(20)',
  'truncate(5)',
  'truncate(9, true, "…")',
  'replace("a", "o")',
  'replace("", "-")',
  'default("d")',
  'default("d", true)',
  'indent(2, true)',
  'select',
  'urlize',
];
const listFilters = [
  'join',
  'join(", ")',
  'length',
  'first',
  'last',
  'reverse | join',
  'sort | join',
  'sort(true) | join("-")',
  'dump',
  'list | dump',
  'slice(2) | dump',
  'batch(2) | dump',
  'batch(2, "x") | dump',
  'sum',
  'default("d")',
  'select | dump',
  'reject | dump',
  'string',
];
const peopleFilters = [
  'join(",", "name")',
  'sort(false, false, "age") | dump',
  'groupby("team") | dump',
  'selectattr("team") | dump',
  'rejectattr("gone") | dump',
  'sum("age")',
  'length',
  'first | dump',
  'dictsort | dump',
];
const numberFilters = [
  'abs',
  'round',
  'round(1)',
  'round(1, "ceil")',
  'int',
  'float',
  'string',
  'default(9)',
  'dump',
  'length',
];
const ownFilters: [string, string[]][] = [
  [
    'repoUrl',
    [
      'parseRepoUrl | dump',
      'projectSlug',
      'parseRepoUrl | pick("owner")',
      'parseRepoUrl | pick("nope")',
    ],
  ],
  [
    'ref',
    [
      'parseEntityRef | dump',
      'parseEntityRef | pick("name")',
      'parseEntityRef({ defaultKind: "x" }) | pick("kind")',
    ],
  ],
  ['name', ['parseEntityRef({ defaultKind: "Component", defaultNamespace: "eu" }) | dump']],
];
const tests = [
  'defined',
  'undefined',
  'none',
  'string',
  'number',
  'mapping',
  'iterable',
  'odd',
  'even',
  'truthy',
  'falsy',
  'sameas(3)',
  'divisibleby(3)',
  'equalto(3)',
  'lower',
  'upper',
];
const operators = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '~',
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  'and',
  'or',
  'in',
  'not in',
  '**',
];

/** One template: text with tags, blocks and blanks around them. */
export function fuzzTemplate(random: Random): string {
  return Array.from({ length: 1 + pickNumber(random, 5) }, () => piece(random, 0)).join('');
}

function piece(random: Random, depth: number): string {
  const kind = random();
  if (kind < 0.2)
    return oneOf(random, [
      'text ',
      '\n',
      '  \n  ',
      '{ not } a {{ tag }} ',
      '# {literal}\n',
      '$ { x } ',
      '\\n',
      '${ x }',
      '{%raw%}${{ x }}{%endraw%}',
    ]);
  if (kind < 0.62 || depth > 2)
    return `\${{${blank(random)}${expression(random, 0)}${blank(random)}}}`;
  function inner() {
    return piece(random, depth + 1);
  }
  function minus() {
    return random() < 0.2 ? '-' : '';
  }
  function tag(code: string) {
    return `{%${minus()} ${code} ${minus()}%}`;
  }
  switch (pickNumber(random, 9)) {
    case 0:
      return `${tag(`if ${expression(random, 0)}`)}${inner()}${tag('endif')}`;
    case 1:
      return `${tag(`if ${expression(random, 0)}`)}${inner()}${tag(`elif ${expression(random, 0)}`)}${inner()}${tag('else')}${inner()}${tag('endif')}`;
    case 2:
      return `${tag(`for item in values.${oneOf(random, lists)}`)}${oneOf(random, ['${{ item }}', '${{ loop.index }}/${{ loop.length }}', '${{ loop.first }}${{ loop.last }}', '${{ item.name }};', '${{ loop.revindex0 }}'])}${tag('else')}${inner()}${tag('endfor')}`;
    case 3:
      return `${tag(`for key, value in values.${oneOf(random, ['owner', 'people', 'gone'])}`)}\${{ key }}=\${{ value }},${tag('endfor')}`;
    case 4:
      return `${tag(`set x = ${expression(random, 0)}`)}\${{ x }}`;
    case 5:
      return `${tag('set y')}${inner()}${tag('endset')}[\${{ y }}]`;
    case 6:
      // nunjitsu takes macros outside of captured blocks only.
      if (depth > 0) return inner();
      return `${tag('macro m(a, b="z")')}<\${{ a }}\${{ b }}>${tag('endmacro')}\${{ m(${operand(random)}) }}`;
    case 7:
      return `{# ${oneOf(random, ['a note', '${{ x }}', '{% if %}'])} #}`;
    default:
      return `${tag(`filter ${oneOf(random, ['upper', 'trim', 'indent(2)', 'replace("a", "b")'])}`)}${inner()}${tag('endfilter')}`;
  }
}

function expression(random: Random, depth: number): string {
  const kind = random();
  if (kind < 0.25) return `values.${oneOf(random, texts)}${filters(random, textFilters)}`;
  if (kind < 0.37) return `values.${oneOf(random, lists)}${filters(random, listFilters)}`;
  if (kind < 0.43) return `values.people${filters(random, peopleFilters, 1)}`;
  if (kind < 0.52) return `values.${oneOf(random, numbers)}${filters(random, numberFilters)}`;
  if (kind < 0.57) {
    const [name, own] = oneOf(random, ownFilters);
    return `values.${name} | ${oneOf(random, own)}`;
  }
  if (depth > 1) return operand(random);
  if (kind < 0.7)
    return `${expression(random, depth + 1)} ${oneOf(random, operators)} ${operand(random)}`;
  if (kind < 0.76) return `${operand(random)} if ${operand(random)} else ${operand(random)}`;
  if (kind < 0.8) return `${operand(random)} if ${operand(random)}`;
  if (kind < 0.86)
    return `${operand(random)} is ${random() < 0.3 ? 'not ' : ''}${oneOf(random, tests)}`;
  if (kind < 0.9) return `not ${operand(random)}`;
  if (kind < 0.94) return `(${expression(random, depth + 1)})`;
  return oneOf(random, [
    'range(3) | join',
    'range(1, 9, 3) | join(",")',
    'values["name"]',
    'values.list[0]',
    'values.list[9]',
    'values.people[1].name',
    'cycler("a", "b").next()',
    'joiner(",")()',
    'values.name[0]',
    '[values.count, "a"] | dump',
    '{ "a": values.name } | dump',
    '-values.count',
    'values["own" + "er"].name',
  ]);
}

function operand(random: Random): string {
  return random() < 0.4
    ? oneOf(random, constants)
    : `values.${oneOf(random, [...texts, ...numbers, ...lists, ...others])}`;
}

function filters(random: Random, names: readonly string[], least = 0): string {
  const count = least + pickNumber(random, 3);
  return Array.from({ length: count }, () => ` | ${oneOf(random, names)}`).join('');
}

function blank(random: Random): string {
  return oneOf(random, [' ', ' ', ' ', '', '\n']);
}

function oneOf<T>(random: Random, all: readonly T[]): T {
  return all[pickNumber(random, all.length)]!;
}

function pickNumber(random: Random, below: number): number {
  return Math.floor(random() * below);
}

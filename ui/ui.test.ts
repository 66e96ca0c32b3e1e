import { describe, expect, test } from 'vitest';

import { ageText } from './age.ts';
import { layoutAround } from './around-layout.ts';
import { fitText } from './fit-text.ts';
import { layoutGraph } from './graph-layout.ts';
import { iconNames, iconShapes } from './icons.ts';
import { initials } from './initials.ts';
import { inlineMarkdown } from './inline-markdown.ts';
import { plainText } from './plain-text.ts';
import { safeUrl } from './safe-url.ts';
import { sparklinePath } from './sparkline.ts';

describe('safeUrl', () => {
  test.each([
    ['https://acme.test/a b', 'https://acme.test/a%20b'],
    ['HTTP://acme.test', 'http://acme.test/'],
    ['mailto:a@acme.test', 'mailto:a@acme.test'],
    ['tel:+4912', 'tel:+4912'],
    ['slack://channel?id=C1', 'slack://channel?id=C1'],
    ['msteams:/l/x', 'msteams:/l/x'],
    ['vscode://file/a', 'vscode://file/a'],
    ['javascript:alert(1)', undefined],
    [' JaVaScRiPt:alert(1)', undefined],
    ['java\nscript:alert(1)', undefined],
    ['data:text/html,<script>', undefined],
    ['vbscript:x', undefined],
    ['file:///etc/passwd', undefined],
    ['blob:https://a/b', undefined],
    ['/relative', undefined],
    ['//host/path', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j gives %j', (address, expected) => {
    expect(safeUrl(address)).toBe(expected);
  });
});

describe('inlineMarkdown', () => {
  test.each([
    ['Takes payments', 'Takes payments'],
    ['a & b < c', 'a &#x26; b &#x3C; c'],
    ['**bold** and `code`', '<strong>bold</strong> and <code>code</code>'],
    ['~~old~~ _new_', '<del>old</del> <em>new</em>'],
    [
      'see [docs](https://acme.test)',
      'see <a href="https://acme.test/" rel="noopener noreferrer">docs</a>',
    ],
    ['see [x](javascript:alert(1))', 'see <span>x</span>'],
    ['see [x](./docs)', 'see <span>x</span>'],
    ['<script>alert(1)</script>', '&#x3C;script>alert(1)&#x3C;/script>'],
    ['<img src=x onerror=alert(1)> hi', '&#x3C;img src=x onerror=alert(1)> hi'],
    ['one\n\ntwo', '<p>one</p>\n<p>two</p>'],
    ['# Title', 'Title'],
    ['![alt](https://evil.test/x.png)', 'alt'],
    ['支払いを受け付ける 🚀', '支払いを受け付ける 🚀'],
  ])('%j', (source, expected) => {
    expect(inlineMarkdown(source)).toBe(expected);
  });

  test('cuts what is far too long', () => {
    expect(inlineMarkdown('x'.repeat(50_000))).toHaveLength(20_001);
  });

  test.each([
    ['**Takes** [payments](https://acme.test)', 'Takes payments'],
    ['one\n\n- two\n- `three`', 'one two three'],
    ['<b>x</b> snake_case_name 2 * 3 * 4', '<b>x</b> snake_case_name 2 * 3 * 4'],
    ['_quiet_ **loud** # 1', 'quiet loud # 1'],
    ['# Title\n\ntext', 'Title text'],
  ])('plainText of %j', (source, expected) => {
    expect(plainText(source)).toBe(expected);
  });
});

test.each([
  ['Ana Ruiz', 'AR'],
  ['payments', 'P'],
  ['team-platform-core', 'TC'],
  ['山田 太郎', '山太'],
  ['👩‍🚀 crew', '👩‍🚀C'],
  ['---', '-'],
  ['', ''],
])('initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test.each([
  [-30, 'just now'],
  [-720, '12 min. ago'],
  [-7200, '2 hr. ago'],
  [-86_400, 'yesterday'],
  [-86_400 * 400, 'last yr.'],
  [3600, 'in 1 hr.'],
])('a moment %d seconds from now reads %j', (seconds, expected) => {
  const now = new Date('2026-11-23T12:00:00Z');

  expect(ageText(new Date(now.getTime() + seconds * 1000), now)).toBe(expected);
});

test.each([
  [[], ''],
  [[5], 'M0.0 9.0h72'],
  [[1, 1], 'M0.0 9.0L72.0 9.0'],
  [[0, 10], 'M0.0 16.5L72.0 1.5'],
  [[0, Number.NaN, 10], 'M0.0 16.5M72.0 1.5'],
])('a sparkline of %j', (values, expected) => {
  expect(sparklinePath(values, 72, 18)).toBe(expected);
});

test('every icon has shapes and nothing else', () => {
  for (const name of iconNames)
    expect(iconShapes(name)).toMatch(/^<(path|circle|rect|line|ellipse|poly)/);
});

describe('layoutGraph', () => {
  const nodes = [
    { id: 'a', title: 'checkout' },
    { id: 'b', title: 'ledger-database-with-a-very-long-name-indeed' },
    { id: 'c', title: '決済サービス', glyph: 'Co', detail: 'component' },
  ];

  test('places targets to the right, keeps cycles and drops edges into nothing', () => {
    const graph = layoutGraph(nodes, [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c', label: 'dependsOn' },
      { from: 'c', to: 'a' },
      { from: 'a', to: 'gone' },
    ]);

    expect(graph.nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(graph.nodes[1]?.shown).toBe('ledger-database-with-a-ver…');
    expect(graph.edges).toHaveLength(3);
    expect(graph.edges[1]?.labelAt).toBeDefined();
    for (const { path, arrow } of graph.edges) {
      expect(path).toMatch(/^M[\d.]+ [\d.]+[QL]/);
      expect(arrow).toMatch(/^M.*Z$/);
    }
  });

  test('an empty graph has no size', () => {
    expect(layoutGraph([], [])).toMatchObject({ nodes: [], edges: [] });
  });
});

test.each([
  ['checkout', 100, 'checkout'],
  ['checkout', 40, 'check…'],
  ['決済サービス', 40, '決済サ…'],
  ['', 10, ''],
])('%j in %d pixels is %j', (text, pixels, expected) => {
  expect(fitText(text, pixels)).toBe(expected);
});

describe('layoutAround', () => {
  const focus = { id: 'a', title: 'checkout' };

  function groupOf(title: string, size: number, left = 0) {
    const nodes = Array.from({ length: size }, (_, index) => ({
      id: `${title}${index}`,
      title: `${title}-with-a-name-that-goes-on-and-on-${index}`,
      detail: 'component · service',
      glyph: 'Co',
    }));
    return { title, nodes, left };
  }

  test('keeps every box inside its frame and every frame inside the drawing, apart from one another', () => {
    const drawing = layoutAround(
      focus,
      [groupOf('parts', 19, 4), groupOf('callers', 1)],
      [groupOf('needs', 3)],
    );

    expect(drawing.width).toBe(872);
    expect(drawing.lines).toHaveLength(3);
    for (const frame of drawing.frames) {
      expect(frame.x).toBeGreaterThanOrEqual(0);
      expect(frame.x + frame.width).toBeLessThanOrEqual(drawing.width);
      expect(frame.y + frame.height).toBeLessThanOrEqual(drawing.height);
      for (const box of frame.nodes) {
        expect(box.x).toBeGreaterThan(frame.x);
        expect(box.x + box.width).toBeLessThan(frame.x + frame.width);
        expect(box.y + box.height).toBeLessThan(frame.y + frame.height);
        expect(box.shown).toMatch(/…$/);
      }
    }
    const [parts, callers] = drawing.frames;
    expect(callers!.y).toBeGreaterThanOrEqual(parts!.y + parts!.height);
    expect(parts!.count).toBe(23);
  });

  test('gives a single side two columns, and what stands alone its own size', () => {
    const oneSided = layoutAround(focus, [], [groupOf('needs', 4)]);
    const alone = layoutAround(focus, [], []);

    expect(new Set(oneSided.frames[0]?.nodes.map(({ x }) => x)).size).toBe(2);
    expect(oneSided.focus.x).toBe(12);
    expect(alone.width).toBeLessThan(300);
  });
});

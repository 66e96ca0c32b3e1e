import { expect, test } from 'vitest';
import type { Problem } from '../../plugins/types.ts';
import { formatReport } from './index.ts';

const typo: Problem = {
  code: 'catalog/unknown-field',
  severity: 'error',
  message: 'Unexpected key `lifecyle`, expected one of type, lifecycle, owner.',
  hint: 'Did you mean `lifecycle`?',
  at: {
    repository: 'acme/checkout',
    file: 'catalog-info.yaml',
    line: 8,
    column: 3,
    path: 'spec.lifecyle',
  },
  entity: 'component:default/checkout',
  docs: '/problems/catalog/unknown-field/',
};
const stale: Problem = {
  code: 'engine/source-failed',
  severity: 'warning',
  message: 'It is 50% down:\nno',
  docs: '/',
};
const kinds = new Map([
  [
    'catalog/unknown-field',
    { severity: 'error' as const, title: 'Unknown field', explain: 'E', fix: 'F' },
  ],
]);

test('text', () => {
  expect(plain(formatReport('text', [typo, stale], kinds, true))).toMatchInlineSnapshot(`
    "acme/checkout/catalog-info.yaml:8:3 error Unexpected key \`lifecyle\`, expected one of type, lifecycle, owner. (catalog/unknown-field)
        Did you mean \`lifecycle\`?
    warning It is 50% down:
    no (engine/source-failed)
    1 error, 1 warning"
  `);
});

test('text without problems', () => {
  expect(plain(formatReport('text', [], kinds, false))).toBe('no problems');
});

test('annotations for GitHub are escaped', () => {
  expect(formatReport('github', [typo, stale], kinds, false)).toMatchInlineSnapshot(`
    "::error file=catalog-info.yaml,line=8,col=3,title=catalog/unknown-field::Unexpected key \`lifecyle\`, expected one of type, lifecycle, owner.%0ADid you mean \`lifecycle\`?
    ::warning title=engine/source-failed::It is 50%25 down:%0Ano
    1 error, 1 warning"
  `);
});

test('JSON holds the problems as they are', () => {
  expect(JSON.parse(formatReport('json', [typo, stale], kinds, false))).toEqual({
    problems: [typo, stale],
  });
});

test('SARIF names rule, level and place', () => {
  const report = JSON.parse(formatReport('sarif', [typo, stale], kinds, false));

  expect(report.version).toBe('2.1.0');
  expect(report.runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
    typo.code,
    stale.code,
  ]);
  expect(report.runs[0].results[0]).toMatchObject({
    ruleId: typo.code,
    ruleIndex: 0,
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'catalog-info.yaml' },
          region: { startLine: 8, startColumn: 3 },
        },
      },
    ],
  });
  expect(report.runs[0].results[1].locations).toBeUndefined();
});

function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- colours are control characters
  return text.replaceAll(/\u001B\[\d+m/g, '');
}

import nunjucks from 'nunjucks';
import { expect, test } from 'vitest';

import { filters } from '../../../plugins/templates/engine/filters.ts';
import { defaultLimits } from '../../../plugins/templates/engine/limits.ts';
import { createRenderer } from '../../../plugins/templates/engine/render.ts';
import { fuzzTemplate, fuzzValues, randomFrom } from './fuzz.ts';

const seeds = Number(process.env['FUZZ_SEEDS'] ?? 4_000);
const context = { values: fuzzValues };

/**
 * Where nunjitsu, which is what Backstage itself runs, differs from nunjucks on purpose or for the better:
 * - nunjucks makes an object of what `safe` and `escape` mark, so a filter that looks at its input as a text gets nonsense;
 * - nunjucks keeps the blanks of a captured block that is nothing but blanks, whatever `-%}` says.
 */
const explained = [/\|\s*(safe|escape)\s*(\||\)|if\b)/, /\{%-? set y -%\}\s+\{%/];

function attempt(render: () => string): string {
  try {
    return render();
  } catch {
    return 'fails';
  }
}

/** Nunjucks with the settings of Backstage before it changed to nunjitsu. */
function referenceRenderer(): nunjucks.Environment {
  const environment = new nunjucks.Environment(null, {
    autoescape: false,
    tags: { variableStart: '${{', variableEnd: '}}' },
  });
  for (const [name, filter] of Object.entries(filters)) {
    environment.addFilter(name, (...all: unknown[]) =>
      (filter as (...all: unknown[]) => unknown)(...all),
    );
  }
  return environment;
}

test('random templates render as nunjucks renders them', { timeout: 120_000 }, () => {
  const reference = referenceRenderer();
  const renderer = createRenderer(context, { ...defaultLimits, renderMilliseconds: 1e9 });
  const counts = { same: 0, bothFail: 0, explained: 0 };
  const different: string[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const template = fuzzTemplate(randomFrom(seed));
    const ours = attempt(() => renderer.text(template, 'file'));
    const theirs = attempt(() => reference.renderString(template, structuredClone(context)));
    if (ours === theirs) counts[ours === 'fails' ? 'bothFail' : 'same']++;
    else if (explained.some((pattern) => pattern.test(template))) counts.explained++;
    else different.push(JSON.stringify({ seed, template, ours, theirs }));
  }
  console.log(JSON.stringify({ seeds, ...counts, different: different.length }));

  expect(different).toEqual([]);
  expect(counts.same).toBeGreaterThan(seeds * 0.8);
  expect(counts.explained).toBeLessThan(seeds * 0.01);
});

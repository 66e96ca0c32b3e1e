import type { ApiFile, Portal } from '../types.ts';
import { bucketTitle } from './dimensions.ts';
import type { CostModel } from './model.ts';
import { unitsText } from './money.ts';

/** `/api/costs/`: a summary, each entity with its months, and the groups of lines as CSV. Amounts are decimal text. */
export function* apiFiles(model: CostModel | undefined, _portal: Portal): Iterable<ApiFile> {
  if (!model) return;
  yield file('summary.json', {
    completeThrough: model.data.bills.map(({ id, completeThrough }) => ({
      bill: id,
      completeThrough,
    })),
    currencies: model.currencies.map((currency) => {
      const figures = model.whole(currency);
      return {
        currency,
        monthToDate: unitsText(figures.monthToDate),
        forecast: figures.forecast && {
          low: unitsText(figures.forecast.low),
          expected: unitsText(figures.forecast.expected),
          high: unitsText(figures.forecast.high),
        },
        months: monthsJson(figures.monthly),
        coverage: model
          .coverage(currency)
          .map(({ month, tagged, mapped, ownerless }) => ({ month, tagged, mapped, ownerless })),
      };
    }),
    checks: model.data.checks,
    restatements: model.data.restatements,
  });
  yield file(
    'entities.json',
    refsOf(model).flatMap((ref) =>
      model.figures(ref).map((figures) => ({
        entity: ref,
        currency: figures.currency,
        months: monthsJson(figures.monthly),
      })),
    ),
  );
  for (const currency of model.currencies)
    yield { path: `${currency.toLowerCase()}/lines.csv`, body: linesCsv(model, currency) };
}

/** Entities with cost of their own, and the teams, systems and domains that theirs adds up to. */
function refsOf(model: CostModel): string[] {
  const known = model.catalog.entities.map(({ ref }) => ref).filter((ref) => model.has(ref));
  return [...new Set([...model.membership.targets, ...known])].toSorted();
}

/** Groups of lines by month, as the pages show them. */
export function linesCsv(model: CostModel, currency: string): string {
  const lines = [
    'month,kind,entity,provider,service,account,account_name,rule,tagged,effective,billed,currency,bill',
  ];
  for (const row of model.rows) {
    if (row.currency !== currency) continue;
    for (const [index, month] of model.calendar.months.entries()) {
      const effective = row.monthly[index]!;
      const billed = row.billed[index] ?? 0;
      if (effective === 0 && billed === 0) continue;
      const cells = [
        month,
        bucketTitle(row.bucket),
        row.target,
        row.provider,
        row.service,
        row.account,
        model.data.accounts[row.account] ?? '',
        row.rule,
        row.isTagged ? 'yes' : 'no',
        unitsText(effective),
        unitsText(billed),
        currency,
        row.bill,
      ];
      lines.push(cells.map(csvCell).join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Quoted where needed. Texts that spreadsheets would run as formulas get a mark in front; amounts are numbers. */
function csvCell(text: string): string {
  const isFormula =
    /^[=+@\t\r]/.test(text) || (text.startsWith('-') && !/^-\d+(?:\.\d+)?$/.test(text));
  const safe = isFormula ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function monthsJson(
  months: readonly { month: string; effective: number; billed: number; isComplete: boolean }[],
): object[] {
  return months.map(({ month, effective, billed, isComplete }) => ({
    month,
    effective: unitsText(effective),
    billed: unitsText(billed),
    isComplete,
  }));
}

function file(path: string, body: unknown): ApiFile {
  return { path, body: `${JSON.stringify(body)}\n` };
}

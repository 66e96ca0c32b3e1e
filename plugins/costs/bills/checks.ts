import { exactText } from '../money.ts';
import type { Check } from '../schema.ts';
import type { LedgerSums, Window } from './read-bill.ts';
import { dateOf, type SurveyRow } from './survey.ts';

/** The bill added up from its lines, beside the ledger added up from its rows: two ways to the same sum. */
export function checksOf(
  bill: string,
  survey: readonly SurveyRow[],
  sums: LedgerSums,
  window: Window,
): Check[] {
  const checks: Check[] = [];
  for (const [id, attributed] of sums) {
    const [currency = '', month = ''] = id.split(' ');
    const at = Number(month);
    const [from, to] = [window.monthStarts[at]!, window.monthStarts[at + 1]!];
    let [lines, billed, effective] = [0, 0n, 0n];
    for (const row of survey) {
      const day = row.day - window.start;
      if (row.currency !== currency || day < from || day >= to) continue;
      lines += row.lines;
      billed += row.billed;
      effective += row.effective;
    }
    if (lines === 0) continue;
    checks.push({
      bill,
      currency,
      month: dateOf(window.start + from).slice(0, 7),
      lines,
      billed: exactText(billed),
      effective: exactText(effective),
      attributedBilled: exactText(attributed.billed),
      attributedEffective: exactText(attributed.effective),
    });
  }
  return checks;
}

import type { ProblemKind } from '../types.ts';

/** Everything that can be wrong with bills, and what bills say that someone should look at. */
export const problems = {
  'costs/no-files': {
    severity: 'error',
    title: 'A bill without files',
    explain:
      'The files, folders and globs of this bill match nothing that can be read, so nothing new could be counted. Figures of the last run are kept.',
    fix: 'Copy the export into the folder before `callboard collect` runs (see the handbook on bills), or correct `files`.',
  },
  'costs/unreadable-file': {
    severity: 'error',
    title: 'A file of a bill cannot be read',
    explain:
      'The file is damaged, cut short, or lacks a column a bill needs. The whole bill keeps the figures of the last run, because a bill with a hole would look like savings.',
    fix: 'Copy the file again. For files that are no FOCUS export give `columns` in the configuration.',
  },
  'costs/not-enough-memory': {
    severity: 'error',
    title: 'A bill is too varied for the memory of the engine',
    explain:
      'A bill with millions of different sets of tags and resources did not fit into the memory the engine may take. The bill keeps the figures of the last run.',
    fix: 'Leave tags that differ on every line out of the cost allocation tags, or raise `engine.memoryMegabytes`; one thread needs less memory than two.',
  },
  'costs/unreadable-line': {
    severity: 'error',
    title: 'A line of a bill has another shape than its header',
    explain:
      'A value holds the delimiter or a line end without quotes. The line is left out, so the bill is short of it.',
    fix: 'Export again with quotes around text values.',
  },
  'costs/unreadable-value': {
    severity: 'error',
    title: 'Lines without a readable cost, date or currency',
    explain: 'These lines cannot be counted and are left out, so the bill is short of them.',
    fix: 'Costs are decimal numbers with a point, dates ISO 8601 and currencies three letters.',
  },
  'costs/slash-dates': {
    severity: 'warning',
    title: 'Dates that are not ISO 8601',
    explain:
      'The dates of this file are written with slashes, as spreadsheets do. They were read as month/day/year; day/month/year would put money on other days.',
    fix: 'Export dates as `2026-04-01` or `2026-04-01T00:00:00Z`, as FOCUS asks for.',
  },
  'costs/unreadable-manifest': {
    severity: 'error',
    title: 'A manifest cannot be read',
    explain:
      'A manifest says which files make a complete delivery. Without it the delivery is left out.',
    fix: 'Copy the delivery again, with its metadata.',
  },
  'costs/missing-file': {
    severity: 'error',
    title: 'A manifest names a file that is not there',
    explain:
      'The delivery is incomplete and was left out; an older complete delivery of the same period is used if there is one.',
    fix: 'Copy the whole delivery: data and metadata. `aws s3 sync` of the export folder does.',
  },
  'costs/delivered-twice': {
    severity: 'warning',
    title: 'The same days were delivered twice',
    explain:
      'Two files hold the same lines. Each day is counted once, from the file that reaches further, or else has the later name.',
    fix: 'Keep one delivery of each period, or copy the manifests, which say which one is the newest.',
  },
  'costs/outside-period': {
    severity: 'info',
    title: 'Charges outside their billing period',
    explain:
      'A charge is dated before or after the period it is billed in, as corrections are. It counts on the nearest day of the period, so that months add up to bills.',
    fix: 'Nothing, if these are corrections. Otherwise look at the export.',
  },
  'costs/several-currencies': {
    severity: 'info',
    title: 'A bill in several currencies',
    explain:
      'Amounts of different currencies are shown apart. Nothing is converted unless `rates` are given.',
    fix: 'Give `rates` if one total is wanted; they are shown with their date.',
  },
  'costs/tags-not-json': {
    severity: 'warning',
    title: 'Tags that are not JSON',
    explain:
      'FOCUS writes tags as a JSON object. These lines count as untagged; the other rules still apply to them.',
    fix: 'Look at the export or the view that makes it.',
  },
  'costs/many-tag-values': {
    severity: 'warning',
    title: 'A tag with very many values',
    explain:
      'A tag that differs on nearly every line (a request id, a time) makes bills slow to read and helps nobody. Everything was counted.',
    fix: 'Leave this tag out of the cost allocation tags.',
  },
  'costs/bill-shrank': {
    severity: 'error',
    title: 'A closed month became much smaller',
    explain:
      'The bill of a month that was complete lost more than a fifth of its money and of its lines. That is nearly always a broken copy, so the figures of the last run are kept.',
    fix: 'Copy the month again. If it is right, name the month in `acceptSmaller` of the bill.',
  },
  'costs/restated': {
    severity: 'info',
    title: 'A closed month changed',
    explain: 'Providers correct the month before for about two weeks. The new figures are shown.',
    fix: 'Nothing.',
  },
  'costs/not-conserved': {
    severity: 'error',
    title: 'Attributed money does not add up to the bill',
    explain:
      'Direct, shared, idle, unused, support, unallocated, tax and credits must add up to the bill, to the cent. They do not, so something is wrong in Callboard.',
    fix: 'Please report it with the bill’s columns (no amounts are needed).',
  },
  'costs/opencost-failed': {
    severity: 'error',
    title: 'OpenCost cannot be read',
    explain:
      'Days without an answer keep what an earlier run got; days never answered leave the cluster’s cost unallocated.',
    fix: 'Check the address, the network path from CI, and that the window asked for is kept by its Prometheus.',
  },
  'costs/bad-metric': {
    severity: 'warning',
    title: 'A business metric cannot be read',
    explain:
      'Metrics are CSV with the columns `date`, `value` and maybe `entity`, or JSON objects with these fields. What could be read is used.',
    fix: 'Correct the file at the place given.',
  },
  'costs/pool-circle': {
    severity: 'error',
    title: 'Pools that give to each other in a circle',
    explain:
      'A pool is spread after those it receives from. These wait for each other and are not spread at all.',
    fix: 'Take one of them out of the other’s `to` or `shares`.',
  },
  'costs/unknown-entity': {
    severity: 'warning',
    title: 'The configuration names an entity that does not exist',
    explain: 'Money would be given to a name nobody owns.',
    fix: 'Correct the ref in `plugins.costs`.',
  },
  'costs/bad-budget': {
    severity: 'warning',
    title: 'A budget that cannot be read',
    explain:
      'The annotation `callboard.dev/cost-budget` holds an amount per month and a currency, like `4500 EUR`.',
    fix: 'Write it like `4500 EUR`.',
  },
  'costs/anomaly': {
    severity: 'warning',
    title: 'An unusual day',
    explain:
      'The cost of a day is far from what the same weekdays before it cost, measured in robust deviations. A lasting change is reported once, when it begins.',
    fix: 'Look at the services that moved. If it is a launch, nothing needs doing: the new level becomes the usual one after a week.',
  },
  'costs/budget': {
    severity: 'warning',
    title: 'A budget is passed, or will be this month',
    explain: 'The month to date, or the forecast for the whole month, is above the monthly budget.',
    fix: 'Look at the movers, or raise the budget.',
  },
  'costs/coverage-falling': {
    severity: 'warning',
    title: 'Less of the bill can be attributed',
    explain: 'The share of cost that belongs to an entity fell against the month before.',
    fix: 'See which tag would fix most of it on the costs page.',
  },
} satisfies Record<string, ProblemKind>;

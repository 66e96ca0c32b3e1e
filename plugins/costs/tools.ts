import * as z from 'zod';
import { entityPath } from '../catalog/index.ts';
import { defineTool, ToolError } from '../reader-tool.ts';
import type { PortalReader, ReaderTool } from '../types.ts';

/** Months in an answer. */
const mostMonths = 6;

const costs = defineTool({
  name: 'costs',
  title: 'What it costs',
  description:
    'What an entity (service, system, team) and all that belongs to it costs, by month and currency; without an entity, the whole organisation and what costs most. Amounts are decimal text; a month that is not complete says so.',
  input: z.strictObject({
    entity: z
      .string()
      .max(300)
      .optional()
      .describe('Ref, e.g. `component:default/checkout-api`; a name means any kind.'),
    top: z.number().int().min(1).max(50).default(10).describe('How many of the costliest to list.'),
  }),
  async run({ entity, top }, portal) {
    const entities = await portal.json<EntityCost[]>('/api/costs/entities.json');
    if (!entities) throw new ToolError('This portal shows no costs.');
    if (entity === undefined) return ofAll(entities, top, portal);
    const wanted = entity.trim().toLowerCase();
    const found = entities.filter(({ entity: ref }) => isCalled(ref, wanted));
    const [first] = found;
    if (!first) {
      throw new ToolError(
        `No cost is known for \`${entity}\`: it is not in the catalog, or no bill names it. See ${portal.link('/costs/')}.`,
      );
    }
    const refs = [...new Set(found.map(({ entity: ref }) => ref))];
    if (refs.length > 1) {
      throw new ToolError(
        `\`${entity}\` is several. Ask for one of: ${refs.slice(0, 10).join(', ')}.`,
      );
    }
    return {
      entity: first.entity,
      costs: found.map(({ currency, months }) => ({ currency, months: months.slice(-mostMonths) })),
      link: portal.link(pageOf(first.entity)),
    };
  },
});

const tools: readonly ReaderTool[] = [costs];
export default tools;

interface EntityCost {
  entity: string;
  currency: string;
  months: { month: string; effective: string; billed: string; isComplete: boolean }[];
}

interface Summary {
  completeThrough: object[];
  currencies: { currency: string; months: EntityCost['months']; [field: string]: unknown }[];
}

/** The whole, and what cost most in the last complete month. */
async function ofAll(
  entities: readonly EntityCost[],
  top: number,
  portal: PortalReader,
): Promise<object> {
  const summary = await portal.json<Summary>('/api/costs/summary.json');
  return {
    completeThrough: summary?.completeThrough,
    currencies: summary?.currencies.map(({ currency, monthToDate, forecast, months }) => {
      const month = months.findLast(({ isComplete }) => isComplete)?.month;
      return {
        currency,
        monthToDate,
        forecast,
        months: months.slice(-mostMonths),
        costliest: { month, entities: costliest(entities, currency, month, top, portal) },
      };
    }),
    link: portal.link('/costs/'),
  };
}

function costliest(
  entities: readonly EntityCost[],
  currency: string,
  month: string | undefined,
  top: number,
  portal: PortalReader,
): object[] {
  return entities
    .filter((each) => each.currency === currency && !isSum(each.entity))
    .map(({ entity, months }) => ({
      entity,
      effective: months.find((each) => each.month === month)?.effective ?? '0',
    }))
    .toSorted((a, b) => Number(b.effective) - Number(a.effective))
    .slice(0, top)
    .map(({ entity, effective }) => ({ entity, effective, link: portal.link(pageOf(entity)) }));
}

/** Whether its cost is that of others added up. */
function isSum(ref: string): boolean {
  return /^(group|user|system|domain):/.test(ref);
}

function isCalled(ref: string, wanted: string): boolean {
  const [kind, rest = ''] = ref.split(':');
  const name = rest.slice(rest.indexOf('/') + 1);
  return [ref, rest, name, `${kind}:${name}`].includes(wanted);
}

function pageOf(ref: string): string {
  return `${entityPath(ref)}costs/`;
}

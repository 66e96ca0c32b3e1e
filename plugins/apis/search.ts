import { plainText } from '../../ui/plain-text.ts';
import type { SearchRecord } from '../types.ts';
import type { Field, Operation } from './definition.ts';
import { limits } from './limits.ts';
import type { Api, Apis } from './model.ts';

/** One record for every operation, found by its id, its address and the names of its fields. */
export function* searchRecords(apis: Apis): Generator<SearchRecord> {
  for (const api of apis.all) {
    const operations = apis.definitionOf(api.ref)?.groups.flatMap((group) => group.operations);
    for (const operation of operations?.slice(0, limits.searched) ?? [])
      yield recordOf(api, operation);
  }
}

function recordOf(api: Api, operation: Operation): SearchRecord {
  const { anchor, id, method, address, summary, description } = operation;
  const about = summary ?? (description === undefined ? undefined : plainText(description, 200));
  return {
    url: `${api.path}#${anchor}`,
    title: `${method} ${address}`,
    type: 'API operation',
    ...(about !== undefined && { summary: about }),
    text: fieldText(operation),
    names: [...new Set([id, address])].filter((name) => name !== undefined),
    breadcrumb: ['APIs', api.title],
    filters: { api: [api.title] },
    weight: 0.8,
  };
}

/** Names of all parameters and fields, with as much of their descriptions as there is room for. */
function fieldText({ parameters, messages }: Operation): string {
  const names: string[] = [];
  const words: string[] = [];
  function add(fields: readonly Field[]): void {
    for (const { name, description, fields: inner } of fields) {
      names.push(name);
      if (description !== undefined) words.push(description);
      add(inner);
    }
  }
  add(parameters);
  for (const message of messages) {
    if (message.type) names.push(message.type.text);
    add(message.fields);
  }
  return [...new Set(names), ...new Set(words)].join(' ').slice(0, limits.searchText);
}

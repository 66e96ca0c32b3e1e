import type { Results } from './messages.ts';

/** The answer to a query that could not be asked. */
export function failedResults(error: string): Results {
  return {
    hits: [],
    total: 0,
    facets: {},
    filters: [],
    words: [],
    corrected: undefined,
    isFinal: true,
    isNamesOnly: false,
    error,
  };
}

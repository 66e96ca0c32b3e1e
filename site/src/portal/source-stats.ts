import type { SourceState } from '../../../plugins/types.ts';

/**
 * The states with what reading each source cost in all. A plugin keeps what it came to when it was done, and the last one
 * that asked knows everything.
 */
export function withWholeStats<T extends SourceState>(states: readonly T[]): T[] {
  const last = new Map<string, T>();
  for (const state of states) {
    const known = last.get(state.id);
    if (state.stats && (!known || state.asOf >= known.asOf)) last.set(state.id, state);
  }
  return states.map((state) =>
    state.stats ? { ...state, stats: last.get(state.id)!.stats } : state,
  );
}

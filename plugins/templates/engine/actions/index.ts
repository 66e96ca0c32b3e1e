import type { Action, ActionDescription } from '../types.ts';
import { catalogActions } from './catalog.ts';
import { fetchActions } from './fetch.ts';
import { fileActions } from './files.ts';
import { publishingActions } from './publishing.ts';
import { roadieDataActions } from './roadie-data.ts';
import { roadieFileActions } from './roadie-files.ts';

/**
 * Every action a template may name, by id: Callboard's and those that plugins declare. Those that publish cannot run
 * until `handlers` says how.
 */
export function actionsWith(
  handlers: Readonly<Record<string, NonNullable<Action['run']>>> = {},
  declared: readonly Action[] = [],
): ReadonlyMap<string, Action> {
  const actions: Action[] = [
    ...fetchActions,
    ...fileActions,
    ...catalogActions,
    ...roadieFileActions,
    ...roadieDataActions,
    ...publishingActions.map((action) => withHandler(action, handlers[action.id])),
    ...declared,
  ];
  return new Map(actions.map((action) => [action.id, action]));
}

function withHandler(action: ActionDescription, run: Action['run']): Action {
  return run ? { ...action, run } : action;
}

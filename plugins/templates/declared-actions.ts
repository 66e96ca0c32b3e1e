import type { AnyPlugin, TemplateAction } from '../types.ts';
import type { Action } from './engine/index.ts';
import { actionsWith } from './engine/index.ts';

/** An action with the plugin that declares it. */
export interface DeclaredAction {
  plugin: string;
  action: TemplateAction;
}

/** What plugins declare. Stops at an action that exists already: which of the two ran would be a matter of order. */
export function declaredActions(plugins: readonly AnyPlugin[]): DeclaredAction[] {
  const owners = new Map([...actionsWith().keys()].map((id) => [id, 'Callboard']));
  const declared: DeclaredAction[] = [];
  for (const { name, templateActions = [] } of plugins) {
    for (const action of templateActions) {
      const owner = owners.get(action.id);
      if (owner !== undefined) {
        throw new Error(
          `The plugin ${name} declares the action ${action.id}, which ${owner} has already: give it a name of its own, such as ${name}:${action.id.split(':').at(-1)}`,
        );
      }
      owners.set(action.id, name);
      declared.push({ plugin: name, action });
    }
  }
  return declared;
}

/** Declared actions for pages, checks and the preview, which cannot run them: what they are, not what they do. */
export function describedActions(plugins: readonly AnyPlugin[]): Action[] {
  return declaredActions(plugins).map(({ action }) => describedAction(action));
}

export function describedAction({ load: _load, ...action }: TemplateAction): Action {
  return { ...action, supportsDryRun: action.supportsDryRun === true };
}

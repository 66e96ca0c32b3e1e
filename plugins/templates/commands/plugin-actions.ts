import { loadConfig } from '../../../collectors/config.ts';
import { findConfig } from '../../../collectors/find-config.ts';
import type { TemplateAction } from '../../types.ts';
import { declaredActions, describedAction } from '../declared-actions.ts';
import type { Action, TemplateSpec } from '../engine/index.ts';
import { actionsWith } from '../engine/index.ts';

/** The folder whose configuration a run needs: steps name actions Callboard does not bring, and there is one. */
export function pluginsFor(spec: TemplateSpec, directory: string): string | undefined {
  const own = actionsWith();
  const isEnough = spec.steps.every(({ action }) => own.has(action));
  return isEnough || !findConfig(directory) ? undefined : directory;
}

/** Actions that the plugins of a configuration declare, ready to run. */
export async function pluginActions(directory: string): Promise<Action[]> {
  const { plugins, options } = await loadConfig(directory);
  return declaredActions(plugins).map(({ plugin, action }) => ({
    ...describedAction(action),
    run: runOf(action, options[plugin]),
  }));
}

function runOf(action: TemplateAction, options: unknown): NonNullable<Action['run']> {
  return async ({ input, workspace, isDryRun, templateRef, signal, ...told }) => {
    const { output, log, warn, effect } = told;
    const { default: run } = await action.load();
    const files = { input, workspace, options, isDryRun, templateRef, signal };
    await run({ ...files, output, log, warn, effect });
  };
}

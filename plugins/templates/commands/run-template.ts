import { secretNames, textsOf, withoutNames } from '../engine/fields.ts';
import { pagesOf, templateSpecOf, type JsonObject } from '../engine/index.ts';
import type { GitHubSettings } from '../github/client.ts';
import { catalogEntities } from './catalog-template.ts';
import type { LoadedTemplate } from './local-template.ts';
import type { NodeRunResult } from './node-run.ts';
import { runInWorker } from './node-run.ts';
import { pluginsFor } from './plugin-actions.ts';
import { registrationOf } from './registration.ts';
import { printLog } from './report.ts';

/** Runs a loaded template with checked values; secrets are taken out of the parameters first. */
export async function run(
  template: LoadedTemplate,
  values: JsonObject,
  options: {
    isDryRun: boolean;
    github: GitHubSettings | undefined;
    directory: string;
    user?: string;
    onLog?: typeof printLog;
  },
): Promise<NodeRunResult> {
  const names = secretNames(pagesOf(template.entity.spec));
  const secrets = textsOf(values, names);
  const parameters = withoutNames(values, names);
  const spec = templateSpecOf(template.entity.spec);
  const isRegistering = spec.steps.some(({ action }) => action === 'catalog:register');
  const isReadingCatalog = spec.steps.some(({ action }) => action === 'catalog:fetch');
  return runInWorker(
    {
      spec,
      parameters,
      secrets,
      bundle: template.bundle,
      isDryRun: options.isDryRun,
      templateRef: template.ref,
      user: options.user === undefined ? undefined : { ref: options.user },
      entities: isReadingCatalog ? catalogEntities(options.directory) : {},
      github: options.github,
      registration:
        isRegistering && !options.isDryRun ? await registrationOf(options.directory) : undefined,
      pluginsOf: pluginsFor(spec, options.directory),
    },
    { onLog: options.onLog ?? printLog },
  );
}

/** Token and address of GitHub from the environment. */
export function githubSettings(environment: NodeJS.ProcessEnv): GitHubSettings | undefined {
  const token = environment['GITHUB_TOKEN'];
  return token
    ? { token, apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com' }
    : undefined;
}

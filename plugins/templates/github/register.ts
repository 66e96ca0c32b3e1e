import type { Octokit } from 'octokit';

import type { ActionContext } from '../engine/index.ts';
import { TemplateError } from '../engine/index.ts';
import { parseYamlDocuments } from '../engine/yaml.ts';
import type { DiscoveringSource } from './discovery.ts';
import { catalogPlaceOf, discoveredBy } from './discovery.ts';
import { proposeLocation } from './propose-location.ts';

/** How the portal comes to know of new repositories. */
export interface Registration {
  sources: readonly DiscoveringSource[];
  /** Repository and catalog file that a pull request adds to; absent where the configuration names none. */
  file: { owner: string; repo: string; path: string } | undefined;
}

/**
 * `catalog:register`: nothing is left to do where a source of the portal reads the repository at its next run by itself.
 * Where none does, a pull request adds the file to a Location the portal reads.
 */
export async function register(
  context: ActionContext,
  registration: Registration | undefined,
  client: Octokit | undefined,
): Promise<void> {
  const { input } = context;
  const address = addressOf(context);
  if (address === undefined) {
    if (input['optional'] === true) return;
    throw new TemplateError('catalogInfoUrl and repoContentsUrl are missing, expected one of them');
  }
  context.output('catalogInfoUrl', address);
  const path = String(input['catalogInfoPath'] ?? '/catalog-info.yaml').replace(/^\/+/, '');
  const ref = refIn(context, path);
  if (ref !== undefined) context.output('entityRef', ref);
  const what = ref ?? address;
  if (registration === undefined) {
    context.log(`${what} appears in the portal after its next collect, if it reads the repository`);
    return;
  }
  const place = catalogPlaceOf(address);
  const source = place && discoveredBy(registration.sources, place);
  if (source) {
    context.log(`${what} appears in the portal after its next collect: ${source.id} finds it`);
    return;
  }
  const isReadable = place && registration.sources.some(({ host }) => host === place.host);
  const refusal = refusalOf(registration, isReadable === true, client);
  if (refusal === undefined) {
    await proposeLocation(client!, registration.file!, { address, what }, context);
    return;
  }
  const message = `Cannot register ${what}: no source of the portal finds ${address} by itself, and ${refusal}`;
  if (input['optional'] !== true) throw new TemplateError(message);
  context.warn(message);
}

/** Why no pull request can be opened. */
function refusalOf(
  { file }: Registration,
  isReadable: boolean,
  client: Octokit | undefined,
): string | undefined {
  if (!isReadable)
    return 'none reads that host, so a Location would not help. Add the repository to `sources` of the portal';
  if (!file)
    return 'the configuration names no repository for a pull request. Set plugins.templates.register.repository, or add the repository to `sources`';
  return client ? undefined : 'a pull request needs a token of GitHub. Set GITHUB_TOKEN';
}

function addressOf({ input }: ActionContext): string | undefined {
  if (typeof input['catalogInfoUrl'] === 'string') return input['catalogInfoUrl'];
  if (typeof input['repoContentsUrl'] !== 'string') return undefined;
  const path = String(input['catalogInfoPath'] ?? '/catalog-info.yaml').replace(/^\/+/, '');
  return `${input['repoContentsUrl'].replace(/\/+$/, '')}/${path}`;
}

/** The entity of the file as it lies in the workspace: the first component, else the first of any kind. */
function refIn({ workspace }: ActionContext, path: string): string | undefined {
  const found =
    workspace.paths().find((each) => each === path) ??
    workspace.paths().find((each) => each.endsWith(`/${path}`));
  if (found === undefined) return undefined;
  const entities = parseYamlDocuments(workspace.text(found)) as {
    kind?: string;
    metadata?: { name?: string; namespace?: string };
  }[];
  const entity = entities.find((each) => each?.kind === 'Component') ?? entities[0];
  if (!entity?.kind || !entity.metadata?.name) return undefined;
  return `${entity.kind}:${entity.metadata.namespace ?? 'default'}/${entity.metadata.name}`.toLowerCase();
}

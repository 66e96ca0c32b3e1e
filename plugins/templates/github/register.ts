import type { ActionContext } from '../engine/index.ts';
import { TemplateError } from '../engine/index.ts';
import { parseYamlDocuments } from '../engine/yaml.ts';

/**
 * `catalog:register`: the portal finds the new repository at its next run, because it reads every catalog-info.yaml of
 * its sources. What is left to do is to say which entity that will be, and to refuse what could never be found.
 */
export function register(context: ActionContext): void {
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
  context.log(`${ref ?? address} appears in the portal after its next collect`);
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

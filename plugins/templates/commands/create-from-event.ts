import { readFileSync } from 'node:fs';

import { exitCode } from '../../../collectors/callboard-error.ts';
import type { CommandContext } from '../../types.ts';
import { hiddenNames, textsOf } from '../engine/fields.ts';
import { pagesOf } from '../engine/index.ts';
import { parseYaml } from '../engine/yaml.ts';
import { githubClient } from '../github/client.ts';
import type { TemplatesOptions } from '../schema.ts';
import { loadCatalogTemplate } from './catalog-template.ts';
import { githubSettings, run } from './run-template.ts';
import { mayCreate } from './permission.ts';
import { failureText, linksOf, stepLine } from './report.ts';
import type { CreateRequest } from './request.ts';
import { readRequest } from './request.ts';
import { validated } from './values.ts';

/**
 * Runs what a person asked for through an issue or a dispatch. Everything they wrote is read from the event's file and
 * stays data: none of it is ever part of a command.
 */
export async function createFromEvent(
  context: CommandContext,
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const request = readRequest(
    JSON.parse(readFileSync(environment['GITHUB_EVENT_PATH'] ?? '', 'utf8')),
  );
  const options = await context.options<TemplatesOptions>();
  const tell = commenter(request, environment);
  try {
    const text = await answer(request, options, context, environment, tell);
    await tell(text, 'completed');
    return exitCode.done;
  } catch (error) {
    await tell((error as Error).message, 'not_planned');
    console.error((error as Error).message);
    return exitCode.problems;
  }
}

async function answer(
  request: CreateRequest,
  options: TemplatesOptions | undefined,
  context: CommandContext,
  environment: NodeJS.ProcessEnv,
  tell: Commenter,
): Promise<string> {
  const github = githubSettings({
    ...environment,
    GITHUB_TOKEN: environment['CALLBOARD_CREATE_TOKEN'] ?? environment['GITHUB_TOKEN'],
  });
  if (!github) throw new Error('The workflow gives no token: set CALLBOARD_CREATE_TOKEN.');
  const refusal = await mayCreate(
    githubClient(github),
    request.actor,
    environment['GITHUB_REPOSITORY'] ?? '',
    options?.allowedTeams ?? [],
  );
  if (refusal !== undefined) throw new Error(refusal);
  const template = loadCatalogTemplate(request.template, context.workingDirectory);
  if (!template)
    throw new Error(
      `There is no template ${code(request.template)} in the catalog, so nothing was run.`,
    );
  const pages = pagesOf(template.entity.spec);
  const values = parseYaml(request.values);
  const isObject = typeof values === 'object' && values !== null && !Array.isArray(values);
  const { values: checked, errors } = validated(pages, isObject ? values : {});
  if (errors.length > 0)
    throw new Error(
      `The values do not fit ${code(template.ref)}, so nothing was run:\n${errors.map((each) => `- ${plain(each)}`).join('\n')}`,
    );
  // A secret in an issue is a secret no longer.
  const [secret] = Object.keys(textsOf(values, hiddenNames(pages)));
  if (secret !== undefined && request.issue !== undefined) {
    throw new Error(
      `${code(secret)} is a secret and must not stand in an issue: revoke it. Nothing was run.`,
    );
  }
  await tell(`Creating from ${code(template.ref)} …`);
  const result = await run(template, checked, {
    isDryRun: false,
    github,
    directory: context.workingDirectory,
    user: `user:default/${request.actor}`.toLowerCase(),
  });
  const steps = result.steps.map((step) => `- ${plain(stepLine(step))}`).join('\n');
  if (result.state === 'failed') throw new Error(`${steps}\n\n${plain(failureText(result))}`);
  const links = linksOf(result).map(({ title, url }) => `- [${plain(title)}](${encodeURI(url)})`);
  return [`Done.`, steps, links.join('\n')].filter((part) => part !== '').join('\n\n');
}

type Commenter = (text: string, state?: 'completed' | 'not_planned') => Promise<void>;

/** Comments on the issue that asked and closes it with the last word; a dispatch has its log instead. */
function commenter({ issue }: CreateRequest, environment: NodeJS.ProcessEnv): Commenter {
  const settings = githubSettings(environment);
  const [owner, repo] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
  return async (text, state) => {
    console.log(text);
    if (issue === undefined || !settings || !owner || !repo) return;
    const client = githubClient(settings);
    const runUrl = `${environment['GITHUB_SERVER_URL']}/${owner}/${repo}/actions/runs/${environment['GITHUB_RUN_ID']}`;
    const body = `${text.slice(0, 60_000)}\n\n[Log of the run](${runUrl})`;
    await client.rest.issues.createComment({ owner, repo, issue_number: issue, body });
    if (state) {
      await client.rest.issues.update({
        owner,
        repo,
        issue_number: issue,
        state: 'closed',
        state_reason: state,
      });
    }
  };
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").slice(0, 200)}\``;
}

/** Text of other people in a comment: no mentions, no markup. */
function plain(text: string): string {
  return text.replaceAll('@', '@\u200B').replaceAll(/[<>[\]`*_]/g, String.raw`\$&`);
}

import { App, Octokit } from 'octokit';

import { addressesOf } from './addresses.ts';
import { GithubClient, crawlSettings, type Pace } from './client.ts';
import { GithubError } from './errors.ts';
import { hostName, type GithubOptions } from './options.ts';
import type { Redactor } from './redact.ts';
import type { CrawlStats } from './stats.ts';

/** One account and the client that reads it. */
export interface Connection {
  login: string;
  client: GithubClient;
}

export interface Connected {
  connections: Connection[];
  /** The token is a workflow's own, which reads one repository and public ones only. */
  isWorkflowToken: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Signs in with what the environment holds; throws a GithubError that names the variables where it holds nothing. */
export async function connect(
  options: GithubOptions,
  environment: Environment,
  parts: { redactor: Redactor; stats: CrawlStats; pace: Pace; signal: AbortSignal },
): Promise<Connected> {
  const addresses = addressesOf(options.host);
  const OurOctokit = Octokit.defaults({ baseUrl: addresses.api, ...crawlSettings(parts.pace) });
  const appId = environment[`${options.credentials}_APP_ID`];
  const privateKey = environment[`${options.credentials}_APP_PRIVATE_KEY`]?.replaceAll('\\n', '\n');
  if (appId && privateKey) {
    parts.redactor.add(privateKey);
    const app = new App({ appId, privateKey, Octokit: OurOctokit });
    return { connections: await connectApp(app, options), isWorkflowToken: false };
  }

  const found = tokenOf(options, environment);
  if (!found || options.app) throw missing(options);
  const { token, isWorkflowToken } = found;
  parts.redactor.add(token);
  const client = new GithubClient({
    ...parts,
    addresses,
    octokit: new OurOctokit({ auth: token }),
    renew: () => Promise.resolve(false),
    gitToken: () => Promise.resolve(token),
  });
  return {
    connections: [{ login: (options.organization ?? options.user)!, client }],
    isWorkflowToken,
  };

  async function connectApp(app: App, options: GithubOptions): Promise<Connection[]> {
    const installations = await listInstallations(app, options);
    return Promise.all(
      installations.map(async ({ id, login }) => {
        const octokit = (await app.getInstallationOctokit(id)) as Octokit;
        async function token(refresh: boolean): Promise<string> {
          const { token } = (await octokit.auth({ type: 'installation', refresh })) as {
            token: string;
          };
          parts.redactor.add(token);
          return token;
        }
        const client = new GithubClient({
          ...parts,
          addresses,
          octokit,
          renew: once(async () => Boolean(await token(true))),
          gitToken: () => token(false),
        });
        return { login, client };
      }),
    );
  }

  async function listInstallations(
    app: App,
    { organization, user }: GithubOptions,
  ): Promise<{ id: number; login: string }[]> {
    try {
      if (organization !== undefined) {
        const { data } = await app.octokit.request('GET /orgs/{org}/installation', {
          org: organization,
        });
        return [{ id: data.id, login: organization }];
      }
      if (user !== undefined) {
        const { data } = await app.octokit.request('GET /users/{username}/installation', {
          username: user,
        });
        return [{ id: data.id, login: user }];
      }
      const found: { id: number; login: string }[] = [];
      for await (const { installation } of app.eachInstallation.iterator()) {
        const { account } = installation;
        if (account && 'login' in account)
          found.push({ id: installation.id, login: account.login });
      }
      return found;
    } catch (error) {
      const { status = 0 } = error as { status?: number };
      const reason = parts.redactor.text(error instanceof Error ? error.message : String(error));
      const hint =
        status === 404
          ? `the App ${appId} is not installed for ${organization ?? user}`
          : `the App ${appId} could not sign in: ${reason}`;
      throw new GithubError(status, hint, status === 0 || status >= 500);
    }
  }
}

/** Requests under way together find the same token ended: one new token serves them all. */
function once(renew: () => Promise<boolean>): () => Promise<boolean> {
  let last: { at: number; promise: Promise<boolean> } | undefined;
  return () => {
    if (!last || Date.now() - last.at > 30_000) last = { at: Date.now(), promise: renew() };
    return last.promise;
  };
}

function tokenOf(
  { credentials, host }: GithubOptions,
  environment: Environment,
): { token: string; isWorkflowToken: boolean } | undefined {
  const own = environment[`${credentials}_TOKEN`];
  if (own) return { token: own, isWorkflowToken: false };
  // A workflow's token is for the host it runs on; no other host may see it.
  const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const shared = environment['GITHUB_TOKEN'];
  if (!shared || hostName(server) !== hostName(host)) return undefined;
  return { token: shared, isWorkflowToken: environment['GITHUB_ACTIONS'] === 'true' };
}

function missing({ credentials, app }: GithubOptions): GithubError {
  const names = `${credentials}_APP_ID and ${credentials}_APP_PRIVATE_KEY`;
  const others = app ? '' : `, or ${credentials}_TOKEN, or GITHUB_TOKEN`;
  return new GithubError(401, `no credentials: set ${names}${others} in the environment`, false);
}

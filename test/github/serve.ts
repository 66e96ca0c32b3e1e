/** `npm run stand-in:github -- --repositories 2000 [--with-docs 800] [--port 4010] [--token stand-in]` */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { makeOrganisation } from './organisation.ts';
import { StandIn } from './server.ts';
import { World } from './world.ts';

const { values } = parseArgs({
  options: {
    repositories: { type: 'string', default: '100' },
    'with-docs': { type: 'string' },
    pages: { type: 'string', default: '5' },
    organization: { type: 'string', default: 'acme' },
    port: { type: 'string', default: '4010' },
    token: { type: 'string', default: 'stand-in' },
    seed: { type: 'string', default: '1' },
  },
});

const root = await mkdtemp(join(tmpdir(), 'callboard-github-'));
const world = new World(root);
await world.start();
const account = await makeOrganisation(world, {
  login: values.organization,
  repositories: Number(values.repositories),
  pages: Number(values.pages),
  seed: Number(values.seed),
  ...(values['with-docs'] === undefined ? {} : { withDocs: Number(values['with-docs']) }),
});
const standIn = new StandIn(world, {
  port: Number(values.port),
  hasSecondaryLimits: true,
  tokens: { [values.token]: { account: account.login } },
});
await standIn.start();
console.log(`${world.repositories.size} repositories of ${account.login} at ${standIn.url}
  sources: [{ type: 'github', organization: '${account.login}', host: '${standIn.url}' }]
  CALLBOARD_GITHUB_TOKEN=${values.token} npx callboard collect
  requests so far: ${standIn.url}/_stand-in/log`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void standIn.close().then(() => rm(root, { recursive: true, force: true }));
  });

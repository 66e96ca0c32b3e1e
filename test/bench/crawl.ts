/**
 * `npm run bench:crawl [-- --repositories 2000 --kills 50]`: what a crawl of an organisation costs, counted by the stand-in
 * itself. No corpus is needed.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { killLoop } from '../github/kill.ts';
import { makePortal, runCallboard, snapshotsOf, type Run } from '../github/portal-run.ts';
import { canary, makeScene } from '../github/setup.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    repositories: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '50' },
  },
});
const repositories = Number(values.repositories);
const scene = await makeScene({ repositories, people: 200, teams: 40 });
const { github } = scene;
const portal = makePortal(join(scene.folder, 'portal'), github.url, { githubOrg: true });
const figures: Record<string, number | boolean> = {};

await measure('cold', portal, ['collect', '--quiet']);
await measure('same', portal, ['collect', '--quiet']);
const changed = [...scene.world.repositories.values()]
  .filter((_, index) => index % 5 === 4)
  .slice(0, 10);
for (const repository of changed)
  await scene.world.change(repository, { 'docs/index.md': '# Changed\n' }, '2026-11-02T00:00:00Z');
await measure('changed', portal, ['collect', '--quiet']);

const parts = [1, 2, 3, 4].map((part) =>
  makePortal(join(scene.folder, `part-${part}`), github.url, { githubOrg: true }),
);
for (const [index, part] of parts.entries())
  await measure(`shard${index + 1}`, part, ['collect', '--quiet', '--shard', `${index + 1}/4`]);
const joined = makePortal(join(scene.folder, 'joined'), github.url, { githubOrg: true });
await measure('merge', joined, ['collect', '--quiet', '--merge', ...parts]);
figures['shardedIsSame'] = snapshotsOf(joined) === snapshotsOf(portal);

const killed = await makeScene({ repositories: 60, withDocs: 40 });
const kill = await killLoop(killed, Number(values.kills));
console.log(
  `kill -9: ${kill.met} of ${kill.kills} met a run at work, ${kill.broken} broken snapshots, equal to a run never killed: ${kill.isEqual}`,
);
figures['kills'] = kill.kills;
figures['brokenSnapshots'] = kill.broken;
figures['killedIsSame'] = kill.isEqual;
const violations = [...github.violations, ...killed.github.violations];
for (const violation of violations) console.log(`refused by GitHub: ${violation}`);
await killed.close();
await scene.close();

// A smaller organisation has people and teams too: the bars only grow with it.
const share = Math.max(1, repositories / 2000);
const holds =
  Number(figures['coldRequests']) <= 1000 * share &&
  Number(figures['sameGraphql']) <= 85 * share &&
  figures['sameDownloads'] === 0 &&
  Number(figures['changedRequests']) <= 100 * share &&
  ['cold', 'same', 'changed', 'merge'].every((name) => Number(figures[`${name}Megabytes`]) < 500) &&
  figures['shardedIsSame'] === true &&
  kill.isEqual &&
  kill.broken === 0 &&
  violations.length === 0;
console.log(`RESULT ${JSON.stringify({ repositories, ...figures, holds })}`);
process.exitCode = holds ? 0 : 1;

async function measure(name: string, folder: string, parameters: string[]): Promise<Run> {
  github.log = [];
  github.access.refill();
  const run = await runCallboard(folder, parameters, canary);
  const graphql = github.count('graphql');
  const rest = github.count('rest');
  const downloads = github.count('codeload');
  const megabytes = Math.round(run.megabytes);
  const seconds = Math.round(run.seconds * 10) / 10;
  console.log(
    `${name}: ${graphql} queries, ${rest} REST requests, ${downloads} downloads, ${seconds} s, ${megabytes} MB, exit ${run.code}`,
  );
  if (run.code !== 0) console.log(run.stderr);
  Object.assign(figures, {
    [`${name}Requests`]: graphql + rest,
    [`${name}Graphql`]: graphql,
    [`${name}Downloads`]: downloads,
    [`${name}Seconds`]: seconds,
    [`${name}Megabytes`]: megabytes,
  });
  return run;
}

/** `npm start` and `npm test` on a machine with nothing but git, npm and some Node >= 20. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { engine, ensureInstalled, pinnedNode } from './install.mjs';

ensureInstalled();

const [task, ...rest] = process.argv.slice(2);
const path = [dirname(pinnedNode()), join(engine, 'node_modules', '.bin'), process.env['PATH']];
const env = { ...process.env, PATH: path.join(process.platform === 'win32' ? ';' : ':') };

if (task === 'test') run([join(engine, 'test', 'all.ts'), ...rest]);
else {
  const launcher = join(engine, 'collectors', 'callboard.mjs');
  run([launcher, 'collect']);
  run([launcher, 'build']);
  run([launcher, 'preview', ...rest]);
}

function run(parameters) {
  const { status } = spawnSync(pinnedNode(), parameters, { cwd: engine, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 70);
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { makePortal, runCallboard, snapshotsOf } from './portal-run.ts';
import { Random } from './random.ts';
import type { Scene } from './setup.ts';
import { canary, stateIn } from './setup.ts';

export interface KillReport {
  kills: number;
  /** Kills that met a run still at work. */
  met: number;
  /** Snapshots that were not whole after a kill. */
  broken: number;
  isEqual: boolean;
}

/** Kills collects at random moments while the organisation changes, then compares one clean run with one never killed. */
export async function killLoop(scene: Scene, kills: number): Promise<KillReport> {
  const random = new Random(7);
  const folder = makePortal(join(scene.folder, `killed-${kills}`), scene.github.url);
  const repositories = [...scene.world.repositories.values()];
  const reference = makePortal(join(scene.folder, `whole-${kills}`), scene.github.url);
  const whole = await runCallboard(reference, ['collect', '--quiet'], canary);
  let met = 0;
  let broken = 0;
  for (let kill = 0; kill < kills; kill++) {
    await scene.world.change(
      random.pick(repositories),
      { 'docs/index.md': `# After ${kill} kills\n`, 'README.md': `${kill}\n` },
      '2026-11-02T00:00:00Z',
    );
    const run = await runCallboard(
      folder,
      ['collect', '--quiet'],
      canary,
      random.next() * whole.seconds * 1000,
    );
    if (run.signal === 'SIGKILL') met++;
    if (!isWhole(folder)) broken++;
  }
  await runCallboard(folder, ['collect', '--quiet', '--accept-removals'], canary);
  await runCallboard(reference, ['collect', '--quiet', '--accept-removals'], canary);
  return { kills, met, broken, isEqual: snapshotsOf(folder) === snapshotsOf(reference) };
}

function isWhole(folder: string): boolean {
  if (!existsSync(join(folder, 'content/snapshot'))) return true;
  try {
    for (const [name, text] of Object.entries(stateIn(join(folder, 'content/snapshot/sources'))))
      if (name.endsWith('.json')) JSON.parse(text);
    return snapshotsOf(folder).length > 0;
  } catch {
    return false;
  }
}

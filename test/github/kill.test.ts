import { afterAll, beforeAll, expect, test } from 'vitest';

import { killLoop } from './kill.ts';
import { makeScene, type Scene } from './setup.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await makeScene({ repositories: 60, withDocs: 40 });
}, 60_000);
afterAll(() => scene.close());

// `npm run bench:crawl` does this fifty times.
test('a collect killed at any moment leaves whole snapshots, and the next one is as if nothing had been', async () => {
  const report = await killLoop(scene, 8);

  expect(report.broken).toBe(0);
  expect(report.met).toBeGreaterThan(0);
  expect(report.isEqual).toBe(true);
}, 240_000);

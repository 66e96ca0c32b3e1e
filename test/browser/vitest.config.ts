import { defineConfig } from 'vitest/config';

/** Flows in a real Chromium over the built demo portal; built once, by the setup. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/build-demo.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});

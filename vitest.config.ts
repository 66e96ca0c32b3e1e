import { getViteConfig } from 'astro/config';

export default getViteConfig(
  {
    test: {
      include: ['{collectors,plugins,site,ui,test}/**/*.test.{ts,tsx}'],
      exclude: ['test/browser/**', '**/node_modules/**'],
      testTimeout: 30_000,
    },
  } as object,
  { configFile: false },
);

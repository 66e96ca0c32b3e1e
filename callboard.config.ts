import { defineConfig } from 'callboard';

/** The embedded organisation and our own handbook: what `npm start` shows. */
export default defineConfig({
  title: 'Marrowby',
  sources: [
    {
      type: 'local',
      root: './content/demo',
      repositories: '*',
      owner: 'marrowby',
      url: 'https://github.com/marrowby/{name}',
    },
    { type: 'local', root: './content/handbook', repositories: '.' },
  ],
  plugins: {
    kubernetes: {
      clusters: ['harbour-eu', 'lantern-jp'].map((name) => ({
        type: 'recorded',
        name,
        folder: `./content/demo-clusters/${name}`,
        recordedAt: '2026-11-23T14:05:00Z',
        version: name === 'harbour-eu' ? 'v1.34.2' : 'v1.33.5',
      })),
      customResources: [
        'rollouts.argoproj.io',
        'certificates.cert-manager.io',
        'clusters.postgresql.cnpg.io',
      ],
    },
  },
});

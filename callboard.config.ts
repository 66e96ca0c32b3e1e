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
    {
      type: 'local',
      root: './templates',
      repositories: '.',
      catalogFiles: ['catalog-info.yaml'],
      owner: 'marrowby',
      url: 'https://github.com/marrowby/{name}',
    },
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
    costs: {
      bills: [
        { id: 'aws', title: 'AWS', files: ['content/demo-costs/bills/aws.parquet'] },
        { id: 'azure', title: 'Azure', files: ['content/demo-costs/bills/azure.parquet'] },
        { id: 'google', title: 'Google Cloud', files: ['content/demo-costs/bills/google.parquet'] },
        {
          id: 'aws-japan',
          title: 'AWS Japan',
          files: ['content/demo-costs/bills/aws-japan.parquet'],
        },
      ],
      openCost: [
        {
          id: 'harbour-eu',
          answers: ['content/demo-costs/opencost'],
          pays: { tags: { cluster: ['harbour-eu'] } },
          currency: 'EUR',
        },
      ],
      metrics: [{ id: 'orders', unit: 'order', files: ['content/demo-costs/metrics/orders.csv'] }],
      pools: [
        {
          id: 'network',
          title: 'Data transfer',
          lines: { services: ['*data transfer*'] },
          spread: { method: 'direct' },
        },
        {
          id: 'support',
          title: 'Support plans',
          buckets: ['support'],
          spread: { method: 'direct' },
        },
      ],
      budgets: {
        'system:assortment': { amount: 6000, currency: 'EUR' },
        'group:checkout': { amount: 14000, currency: 'EUR' },
      },
      events: [
        {
          date: '2026-03-16',
          title: 'Konbini pickup opens',
          entity: 'component:tokyo/konbini-pickup',
        },
        {
          date: '2026-06-08',
          title: 'Warehouse moves to Google Cloud',
          entity: 'system:data-platform',
        },
      ],
    },
    templates: { github: { repository: 'marrowby/portal' } },
  },
});

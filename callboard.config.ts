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
  },
});

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
    templates: { github: { repository: 'marrowby/portal' } },
  },
});

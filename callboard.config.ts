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
});

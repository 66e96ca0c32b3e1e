import { defineConfig } from 'callboard';

export default defineConfig({
  title: 'Callboard',
  sources: [
    { type: 'local', root: './content/demo', repositories: '*' },
    { type: 'local', root: './content/handbook', repositories: '.' },
  ],
});

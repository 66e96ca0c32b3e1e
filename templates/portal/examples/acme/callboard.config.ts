import { defineConfig } from 'callboard';

export default defineConfig({
  title: "Acme portal",
  url: "https://portal.acme.example",
  sources: [{ type: 'github', organization: 'acme', githubOrg: true }],
  plugins: {
    templates: {
      github: { repository: 'acme/portal' },
      allowedTeams: ['acme/engineers'],
    },
  },
});

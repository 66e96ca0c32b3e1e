import { defineConfig } from 'callboard';

export default defineConfig({
  title: ${{ values.title | dump }},
  url: ${{ values.url | dump }},
  sources: [{ type: 'github', organization: '${{ values.organisation }}', githubOrg: true }],
  plugins: {
    templates: {
      github: { repository: '${{ values.organisation }}/${{ values.repository }}' },
{%- if values.team %}
      allowedTeams: ['${{ values.organisation }}/${{ values.team }}'],
{%- endif %}
    },
  },
});

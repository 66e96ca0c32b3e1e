#!/usr/bin/env node
/** Stands in for `gh issue`: keeps the issues in the file $GH_ISSUES. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [topic, verb, ...rest] = process.argv.slice(2);
const file = process.env['GH_ISSUES'];
const issues = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
if (topic !== 'issue' || !process.env['GH_REPO'] || !process.env['GH_TOKEN']) process.exit(4);

function option(name) {
  const at = rest.indexOf(`--${name}`);
  return at === -1 ? undefined : rest[at + 1];
}

const verbs = {
  list() {
    const title = /^in:title "(.*)"$/.exec(option('search'))[1];
    const open = issues.filter((each) => each.state === 'open' && each.title.includes(title));
    if (option('json') !== 'number' || option('jq') !== '.[0].number // empty') process.exit(5);
    if (open.length > 0) console.log(open[0].number);
  },
  create() {
    const body = readFileSync(option('body-file'), 'utf8');
    issues.push({
      number: issues.length + 1,
      state: 'open',
      title: option('title'),
      body,
      edits: 0,
    });
  },
  edit() {
    const issue = issues[Number(rest[0]) - 1];
    issue.body = readFileSync(option('body-file'), 'utf8');
    issue.edits++;
  },
  close() {
    Object.assign(issues[Number(rest[0]) - 1], { state: 'closed', comment: option('comment') });
  },
};
verbs[verb]();
writeFileSync(file, JSON.stringify(issues));

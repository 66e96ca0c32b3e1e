import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ignore, { type Ignore } from 'ignore';

/** Whether git ignores a path below `root`; folders end in a slash. */
export type IsIgnored = (path: string) => boolean;

/** Reads the `.gitignore` of every folder on the way, once each; `.git` itself is always ignored. */
export function gitIgnore(root: string): IsIgnored {
  const rules = new Map<string, Ignore | undefined>();

  function rulesOf(folder: string): Ignore | undefined {
    if (rules.has(folder)) return rules.get(folder);
    const read = readRules(join(root, folder, '.gitignore'));
    rules.set(folder, read);
    return read;
  }

  return (path) => {
    const bare = path.replace(/\/$/, '');
    // Its configuration may hold a token. Some file systems do not tell case apart.
    if (/(?:^|\/)\.git(?:\/|$)/i.test(bare)) return true;
    // The nearest file that says anything decides, as in git.
    let folder = bare;
    while (folder !== '') {
      folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
      const relative = folder === '' ? path : path.slice(folder.length + 1);
      const verdict = rulesOf(folder)?.test(relative);
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
    }
    return false;
  };
}

function readRules(path: string): Ignore | undefined {
  try {
    return ignore({ allowRelativePaths: false }).add(readFileSync(path, 'utf8'));
  } catch {
    // Without the file nothing is ignored; one that cannot be read ignores nothing either.
    return undefined;
  }
}

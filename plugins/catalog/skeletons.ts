import { posix } from 'node:path';

const fetchUrl = /^[ \t]*(?:- )?["']?(?:url|templateFile)["']?[ \t]*:[ \t]*["']?([^\s"'#]+)/gm;

/**
 * Folders (and files) a Template copies from: the relative `url`s of its steps that lie below the template's own folder.
 * What it fetches from elsewhere in the repository may be there in its own right, so it stays an ordinary file.
 */
export function fetchedFolders(file: string, text: string): string[] {
  if (!text.includes('scaffolder.backstage.io/')) return [];
  const own = posix.dirname(file);
  const folders: string[] = [];
  for (const [, url = ''] of text.matchAll(fetchUrl)) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('/') || url.includes('{')) continue;
    const folder = posix.join(own, url).replace(/\/$/, '');
    const isBelow = own === '.' ? !folder.startsWith('..') : folder.startsWith(`${own}/`);
    // A template that copies its whole folder does not make itself a skeleton.
    if (isBelow && folder !== own) folders.push(folder);
  }
  return folders;
}

const skeletonName = /^skeletons?(?:[-_.].*)?$/i;
const templateFile = /^template\.ya?ml$/i;

/**
 * Whether a file is part of what a template generates, so that it holds no entity: below a folder a Template fetches,
 * below a folder named `skeleton`, below `content` or `template` beside a template.yaml, or with a `{{` in its path.
 */
export function isSkeleton(
  file: string,
  fetched: ReadonlySet<string>,
  templateFolders: ReadonlySet<string>,
): boolean {
  if (file.includes('{{') || fetched.has(file)) return true;
  const parts = file.split('/');
  const name = parts.pop() ?? '';
  const isTemplate = templateFile.test(name);
  let folder = '';
  for (const part of parts) {
    const parent = folder === '' ? '.' : folder;
    folder = posix.join(folder, part);
    if (fetched.has(folder)) return true;
    if (isTemplate) continue;
    if (skeletonName.test(part)) return true;
    if ((part === 'content' || part === 'template') && templateFolders.has(parent)) return true;
  }
  return false;
}

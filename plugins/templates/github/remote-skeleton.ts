import type { Octokit } from 'octokit';

import { placeOfAddress } from '../bundle.ts';
import type { SkeletonFile, SkeletonSource } from '../engine/index.ts';
import { defaultLimits, TemplateError } from '../engine/index.ts';
import { asking } from './client.ts';
import type { Target } from './push.ts';

const maxFiles = 500;

/**
 * Skeletons of `source`, and those of repositories on GitHub that the portal does not read. Only addresses of GitHub are
 * followed, only through its API: a template cannot make a run ask anything else.
 */
export function withRemoteSkeletons(source: SkeletonSource, client: Octokit): SkeletonSource {
  return {
    async tree(address) {
      return (await source.tree(address)) ?? (await remoteFiles(client, address, false));
    },
    async file(address) {
      return (await source.file(address)) ?? (await remoteFiles(client, address, true))?.[0];
    },
  };
}

async function remoteFiles(
  client: Octokit,
  address: string,
  isFile: boolean,
): Promise<SkeletonFile[] | undefined> {
  const found = remotePlace(address);
  if (!found) return undefined;
  const { target, path } = found;
  const name = `${target.owner}/${target.repo}`;
  const ref =
    found.ref ??
    (await asking(`read ${name}`, () => client.rest.repos.get(target))).data.default_branch;
  const { data } = await asking(`read ${name}`, () =>
    client.rest.git.getTree({ ...target, tree_sha: ref, recursive: 'true' }),
  );
  const prefix = path === '' ? '' : `${path}/`;
  const entries = data.tree.filter(
    (entry) =>
      entry.type === 'blob' && (isFile ? entry.path === path : entry.path?.startsWith(prefix)),
  );
  if (entries.length > maxFiles) {
    throw new TemplateError(
      `The skeleton ${address} holds ${entries.length} files, expected at most ${maxFiles}`,
    );
  }
  const files: SkeletonFile[] = [];
  for (const entry of entries) {
    if ((entry.size ?? 0) > defaultLimits.fileBytes) {
      throw new TemplateError(
        `${entry.path} of ${name} is larger than ${defaultLimits.fileBytes} bytes`,
      );
    }
    const { data: blob } = await asking(`read ${entry.path} of ${name}`, () =>
      client.rest.git.getBlob({ ...target, file_sha: entry.sha! }),
    );
    files.push({
      path: isFile ? entry.path! : entry.path!.slice(prefix.length),
      mode: Number.parseInt(entry.mode ?? '100644', 8),
      content: new Uint8Array(Buffer.from(blob.content, 'base64')),
    });
  }
  return files.length > 0 ? files : undefined;
}

function remotePlace(
  address: string,
): { target: Target; ref: string | undefined; path: string } | undefined {
  if (!address.startsWith('https://github.com/')) return undefined;
  const place = placeOfAddress(address, { repository: '', folder: '' });
  const [owner, repo] = place?.repository.split('/') ?? [];
  if (!place || !owner || !repo) return undefined;
  const ref = new URL(address).pathname.split('/')[4];
  return { target: { owner, repo }, ref: ref && decodeURIComponent(ref), path: place.path };
}

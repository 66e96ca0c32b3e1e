import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

import { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';

import { at, listAt, textAt } from '../health/objects.ts';
import { RequestError } from './errors.ts';

/** An exec plugin may open a browser or ask a slow cloud, not more. */
const execSeconds = 30;

/** A context of a kubeconfig file, or of $KUBECONFIG and ~/.kube/config as kubectl finds them. */
export function fromFile(
  options: { file?: string | undefined; context?: string | undefined; name: string },
  workingDirectory: string,
): KubeConfig {
  const files =
    options.file === undefined ? defaultFiles() : [path.resolve(workingDirectory, options.file)];
  const config = merged(files);
  const context = options.context ?? options.name;
  if (config.getContextObject(context) === null)
    throw new RequestError(
      'NoContext',
      `the kubeconfig has no context ${context}`,
      `It has ${
        config
          .getContexts()
          .map((each) => each.name)
          .join(', ') || 'none'
      }.`,
    );
  config.setCurrentContext(context);
  completeUser(config, files);
  boundExecPlugins(config, files[0]);
  const cluster = config.getCurrentCluster();
  // As `kubectl proxy` serves it on this machine: there is no certificate to verify.
  if (cluster?.server.startsWith('http:')) Object.assign(cluster, { skipTLSVerify: true });
  return config;
}

function defaultFiles(): string[] {
  const named = (process.env['KUBECONFIG'] ?? '').split(path.delimiter).filter(Boolean);
  return named.length > 0 ? named : [path.join(homedir(), '.kube', 'config')];
}

/** Several files are one, and the first to name something wins; a file of the list that is missing is passed over. */
function merged(files: readonly string[]): KubeConfig {
  const config = new KubeConfig();
  let read = 0;
  for (const file of files) {
    const next = new KubeConfig();
    try {
      next.loadFromFile(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw new RequestError(
        'Kubeconfig',
        'the kubeconfig cannot be read',
        'Check `file` of this cluster and $KUBECONFIG.',
      );
    }
    read++;
    config.loadFromOptions({
      clusters: withoutDoubles([...(config.clusters ?? []), ...next.clusters]),
      users: withoutDoubles([...(config.users ?? []), ...next.users]),
      contexts: withoutDoubles([...(config.contexts ?? []), ...next.contexts]),
      currentContext: config.currentContext ?? next.currentContext,
    });
  }
  if (read === 0)
    throw new RequestError(
      'Kubeconfig',
      'there is no such kubeconfig',
      'Check `file` of this cluster and $KUBECONFIG.',
    );
  return config;
}

function withoutDoubles<T extends { name: string }>(list: readonly T[]): T[] {
  return [...new Map(list.toReversed().map((each) => [each.name, each])).values()].toReversed();
}

/** What kubectl knows of a user and client-node does not: `tokenFile`, and whom to impersonate besides a name. */
function completeUser(config: KubeConfig, files: readonly string[]): void {
  const user = config.getCurrentUser();
  if (user === null) return;
  const { given, folder } = userIn(files, user.name);
  const tokenFile = textAt(given, 'tokenFile');
  if (tokenFile !== undefined) {
    const token = readFileSync(path.resolve(folder, tokenFile), 'utf8').trim();
    Object.assign(user, { token });
  }
  const headers = impersonation(given);
  if (Object.keys(headers).length === 0) return;
  const apply = config.applyToHTTPSOptions.bind(config);
  config.applyToHTTPSOptions = async (options) => {
    await apply(options);
    options.headers = { ...(options.headers as Record<string, string>), ...headers };
  };
}

function userIn(files: readonly string[], name: string): { given: unknown; folder: string } {
  for (const file of files) {
    const users = listAt(parsed(file), 'users');
    const found = users.find((each) => textAt(each, 'name') === name);
    if (found !== undefined) return { given: at(found, 'user'), folder: path.dirname(file) };
  }
  return { given: undefined, folder: '' };
}

function parsed(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function impersonation(user: unknown): Record<string, string | string[]> {
  const groups = listAt(user, 'as-groups').map(String);
  const uid = textAt(user, 'as-uid');
  const extra = Object.entries((at(user, 'as-user-extra') ?? {}) as Record<string, unknown>);
  return {
    ...(groups.length > 0 ? { 'Impersonate-Group': groups } : {}),
    ...(uid === undefined ? {} : { 'Impersonate-Uid': uid }),
    ...Object.fromEntries(
      extra.map(([key, values]) => [
        `Impersonate-Extra-${encodeURIComponent(key)}`,
        [values].flat().map(String),
      ]),
    ),
  };
}

interface ExecRunner {
  execFn?: (command: string, args?: string[], options?: object) => ChildProcess;
}

/**
 * client-node waits for exec plugins for ever; one that hangs is ended, or it would keep the whole run from ending. It is
 * told what kubectl tells it, and found where kubectl finds it: a path is relative to the kubeconfig.
 */
function boundExecPlugins(config: KubeConfig, file: string | undefined): void {
  const { authenticators } = config as unknown as { authenticators?: ExecRunner[] };
  const info = execInfo(config);
  for (const each of authenticators ?? []) {
    if (each.execFn === undefined) continue;
    each.execFn = (command, args = [], options = {}) =>
      spawn(
        command.includes('/') && file !== undefined
          ? path.resolve(path.dirname(file), command)
          : command,
        args ?? [],
        {
          ...options,
          env: {
            ...process.env,
            ...(at(options, 'env') as NodeJS.ProcessEnv | undefined),
            KUBERNETES_EXEC_INFO: info,
          },
          timeout: execSeconds * 1000,
          killSignal: 'SIGKILL',
        },
      );
  }
}

function execInfo(config: KubeConfig): string {
  const exec: unknown = config.getCurrentUser()?.exec;
  const cluster = config.getCurrentCluster();
  const isTold = at(exec, 'provideClusterInfo') === true && cluster !== null;
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: textAt(exec, 'apiVersion') ?? 'client.authentication.k8s.io/v1',
    spec: {
      interactive: false,
      ...(isTold
        ? {
            cluster: {
              server: cluster.server,
              'tls-server-name': cluster.tlsServerName,
              'insecure-skip-tls-verify': cluster.skipTLSVerify,
              'certificate-authority-data': cluster.caData,
              'proxy-url': cluster.proxyUrl,
            },
          }
        : {}),
    },
  });
}

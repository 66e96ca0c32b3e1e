import { KubeConfig } from '@kubernetes/client-node';

import { RequestError } from './errors.ts';

/** The service account of the pod we run in. */
export function inCluster(): KubeConfig {
  const config = new KubeConfig();
  if (process.env['KUBERNETES_SERVICE_HOST'] === undefined)
    throw new RequestError(
      'NotInCluster',
      'this process does not run in a cluster',
      'Use a kubeconfig or a server with a token.',
    );
  config.loadFromCluster();
  return config;
}

/** A server with a token. */
export function fromToken(given: {
  name: string;
  server: string;
  token: string;
  ca: string | undefined;
  skipTlsVerify: boolean;
}): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    {
      name: given.name,
      server: given.server,
      skipTLSVerify: given.skipTlsVerify || given.server.startsWith('http:'),
      ...(given.ca ? { caData: Buffer.from(given.ca).toString('base64') } : {}),
    },
    { name: given.name, token: given.token },
  );
  return config;
}

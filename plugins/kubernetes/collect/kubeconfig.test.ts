import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, test, vi } from 'vitest';

import { closeAll, collect, start } from '../../../test/kubernetes/run-collect.ts';
import { authority } from '../../../test/kubernetes/stand-in.ts';

afterEach(closeAll);

async function folder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'callboard-kubeconfig-'));
}

/** A kubeconfig with one context, `prod`. */
async function write(to: string, name: string, cluster: object, user: object): Promise<string> {
  const file = path.join(to, name);
  const ca = { 'certificate-authority-data': Buffer.from(authority).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { ...ca, ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u', namespace: 'payments' } }],
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}

function readWith(file: string): ReturnType<typeof collect> {
  return collect({ clusters: [{ type: 'kubeconfig', name: 'prod', file }] });
}

describe('a user of a kubeconfig', () => {
  test('has a token in a file beside it', async () => {
    const { url } = await start({});
    const at = await folder();
    await writeFile(path.join(at, 'token'), 'reader\n');

    const { cluster } = await readWith(
      await write(at, 'config', { server: url }, { tokenFile: 'token' }),
    );

    expect(cluster.error).toBeUndefined();
  });

  test('gets a token from a program beside it, which is told of the cluster', async () => {
    const { url } = await start({ tokens: { [`reader`]: {} } });
    const at = await folder();
    const program = path.join(at, 'login.sh');
    const credential = { kind: 'ExecCredential', status: { token: 'reader' } };
    await writeFile(
      program,
      `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" > "$LOG"\necho '${JSON.stringify(credential)}'\n`,
    );
    await chmod(program, 0o755);
    const log = path.join(at, 'log.json');
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: './login.sh',
      env: [{ name: 'LOG', value: log }],
      provideClusterInfo: true,
      interactiveMode: 'Never',
    };

    const { cluster } = await readWith(await write(at, 'config', { server: url }, { exec }));

    expect(cluster.error).toBeUndefined();
    const { readFile } = await import('node:fs/promises');
    expect(JSON.parse(await readFile(log, 'utf8'))).toMatchObject({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: url } },
    });
  });

  test('impersonates a name, groups and what else it says', async () => {
    const standIn = await start({});
    const user = {
      token: 'reader',
      as: 'auditor',
      'as-groups': ['readers', 'night-shift'],
      'as-uid': '7',
      'as-user-extra': { reason: ['portal'] },
    };

    await readWith(await write(await folder(), 'config', { server: standIn.url }, user));

    expect(standIn.headers[0]).toMatchObject({
      'impersonate-user': 'auditor',
      'impersonate-group': 'readers, night-shift',
      'impersonate-uid': '7',
      'impersonate-extra-reason': 'portal',
    });
  });
});

describe('a cluster of a kubeconfig', () => {
  test('is reached by its proxy', async () => {
    const { url } = await start({});
    let tunnels = 0;
    const proxy = http.createServer().on('connect', (request, socket) => {
      tunnels++;
      const [host, port] = (request.url ?? '').split(':');
      const target = net.connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      socket.on('error', () => target.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;

    const { cluster } = await readWith(
      await write(
        await folder(),
        'config',
        { server: url, 'proxy-url': `http://127.0.0.1:${port}` },
        { token: 'reader' },
      ),
    );
    proxy.close();

    expect(cluster.error).toBeUndefined();
    expect(tunnels).toBeGreaterThan(0);
  });

  test('is verified by its `tls-server-name`', async () => {
    const { url } = await start({});
    const at = await folder();
    const user = { token: 'reader' };

    const right = await readWith(
      await write(at, 'right', { server: url, 'tls-server-name': 'localhost' }, user),
    );
    const wrong = await readWith(
      await write(at, 'wrong', { server: url, 'tls-server-name': 'other.example' }, user),
    );

    expect(right.cluster.error).toBeUndefined();
    expect(wrong.cluster.error?.reason).toBe('CertificateName');
  });

  test('of several files is the first of its name, and a missing file is passed over', async () => {
    const { url } = await start({});
    const at = await folder();
    const first = await write(at, 'first', { server: url }, { token: 'reader' });
    const second = await write(at, 'second', { server: 'https://127.0.0.1:9' }, { token: 'x' });
    const list = [path.join(at, 'missing'), first, second].join(path.delimiter);
    vi.stubEnv('KUBECONFIG', list);

    const { cluster } = await collect({ clusters: [{ type: 'kubeconfig', name: 'prod' }] });
    vi.unstubAllEnvs();

    expect(cluster.error).toBeUndefined();
  });
});

import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';

import { makeServer } from './server.ts';

const server = makeServer();
let address = '';

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}`;
});

after(() => server.close());

test('says that it is healthy', async () => {
  const response = await fetch(`${address}/health`);

  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { status: 'ok' });
});

test('says what it does not know', async () => {
  const response = await fetch(`${address}/nowhere`);

  assert.equal(response.status, 404);
});

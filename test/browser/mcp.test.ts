import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

/** `callboard mcp` over the built demo, asked by the protocol's own client: once as a folder, once as an address. */
const command = join(import.meta.dirname, '../../collectors/callboard.mjs');

interface Answer {
  isError: boolean;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the answers of different tools
  data: any;
}

describe.each(['folder', 'address'] as const)('from a %s', (way) => {
  let client: Client;

  beforeAll(async () => {
    client = new Client({ name: 'test', version: '1' });
    const place = way === 'folder' ? inject('dist') : inject('portal');
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [command, 'mcp', '--portal', place],
        cwd: join(inject('dist'), '..'),
      }),
    );
  });
  afterAll(() => client.close());

  async function ask(name: string, values: Record<string, unknown>): Promise<Answer> {
    const result = await client.callTool({ name, arguments: values });
    const [content] = result.content as { text: string }[];
    const text = content?.text ?? '';
    const isError = result.isError === true;
    return { isError, text, data: isError ? undefined : JSON.parse(text) };
  }

  test('it offers its tools, all of them read only', async () => {
    const { tools } = await client.listTools();

    expect(tools.map(({ name }) => name).toSorted()).toEqual([
      'cluster_status',
      'costs',
      'get_entity',
      'list_entities',
      'read_docs_page',
      'search',
      'who_owns',
    ]);
    for (const tool of tools) {
      expect(tool.annotations?.readOnlyHint).toBe(true);
      expect(tool.description?.length).toBeGreaterThan(40);
      expect(tool.inputSchema.type).toBe('object');
    }
  });

  test('search finds a name with a typo, and a page by its text', async () => {
    const named = await ask('search', { query: 'chekout api' });
    const page = await ask('search', { query: 'how do I refund an order', limit: 3 });

    expect(named.data.results.slice(0, 3).map(({ path }: { path: string }) => path)).toContain(
      '/catalog/default/component/checkout-api/',
    );
    expect(page.data.results.length).toBeLessThanOrEqual(3);
    expect(page.data.results.map((each: { title: string }) => each.title)).toContain('Refunds');
  });

  test('an entity has its owner, relations and a link', async () => {
    const { data } = await ask('get_entity', { entity: 'component:checkout-api' });

    expect(data).toMatchObject({
      ref: 'component:default/checkout-api',
      owner: expect.stringMatching(/^group:/),
      link:
        way === 'folder'
          ? '/catalog/default/component/checkout-api/'
          : `${inject('portal')}/catalog/default/component/checkout-api/`,
    });
    expect(Object.keys(data.relations)).toContain('ownedBy');
  });

  test('entities by filter come in parts', async () => {
    const first = await ask('list_entities', { kind: 'component', limit: 2 });
    const second = await ask('list_entities', { kind: 'component', limit: 2, ...first.data.next });
    const owned = await ask('list_entities', { owner: 'checkout', kind: 'Component' });

    expect(first.data.entities).toHaveLength(2);
    expect(second.data.entities[0].ref).not.toBe(first.data.entities[0].ref);
    expect(owned.data.total).toBeGreaterThan(0);
    for (const each of owned.data.entities) expect(each.owner).toBe('group:default/checkout');
  });

  test('who owns it, and how to reach them', async () => {
    const { data } = await ask('who_owns', { entity: 'component:default/checkout-api' });

    expect(data.owner.ref).toBe('group:default/checkout');
    expect(data.owner.link).toContain('/catalog/default/group/checkout/');
    expect(data.owner.members.length).toBeGreaterThan(0);
  });

  test('a page of documentation by address and by ref, a long one in parts', async () => {
    const byRef = await ask('read_docs_page', { page: 'component:default/checkout-api' });
    const [, second] = byRef.data.pages;
    const byAddress = await ask('read_docs_page', {
      page: `https://portal.example/x${second.path}`,
    });
    const rest = await ask('read_docs_page', { page: second.path, offset: 100 });

    expect(byRef.data.link).toContain('/docs/');
    expect(byRef.data.markdown).toMatch(/^#|\n# /);
    expect(byAddress.data.markdown.slice(100)).toBe(rest.data.markdown);
  });

  test('clusters, and one entity on them, with the age of the data', async () => {
    const all = await ask('cluster_status', {});
    const entity = await ask('cluster_status', { entity: 'checkout-api' });

    expect(all.data.clusters.map((each: { name: string }) => each.name)).toContain('harbour-eu');
    expect(all.data.clusters[0].asOf).toMatch(/^2026-/);
    expect(entity.data.workloads.length).toBeGreaterThan(0);
    expect(entity.data.asOf).toMatch(/^2026-/);
  });

  test('costs of the whole and of a team', async () => {
    const all = await ask('costs', { top: 3 });
    const team = await ask('costs', { entity: 'group:default/checkout' });

    expect(all.data.currencies[0].costliest.entities).toHaveLength(3);
    expect(team.data.costs[0].months.at(-1)).toMatchObject({
      month: expect.any(String),
      effective: expect.any(String),
    });
  });

  test.each([
    ['get_entity', { entity: 'chekout' }, 'No entity is called'],
    ['get_entity', { entity: 'checkout-api' }, 'several entities'],
    ['get_entity', { entity: '../../etc/passwd' }, 'No entity is called'],
    ['read_docs_page', { page: '/docs/../../../etc/' }, 'There is no documentation page'],
    [
      'read_docs_page',
      { page: '/docs/default/component/%2e%2e/' },
      'There is no documentation page',
    ],
    ['cluster_status', { cluster: 'mars' }, 'No cluster is called'],
    ['costs', { entity: 'nothing-at-all' }, 'No cost is known'],
  ])('%s says what is wrong with %j', async (tool, values, message) => {
    const { isError, text } = await ask(tool, values);

    expect(isError).toBe(true);
    expect(text).toContain(message);
  });

  test('what does not fit the schema is refused', async () => {
    const refused = await ask('search', { query: '' }).catch((error: Error) => error);

    expect(refused instanceof Error || refused.isError).toBe(true);
  });

  test('answers are small', async () => {
    for (const [tool, values] of [
      ['search', { query: 'checkout', limit: 25 }],
      ['list_entities', { limit: 50 }],
      ['get_entity', { entity: 'group:default/checkout' }],
      ['cluster_status', {}],
      ['costs', {}],
    ] as const) {
      const { isError, text } = await ask(tool, values);
      expect(isError, tool).toBe(false);
      expect(text.length, tool).toBeLessThanOrEqual(24_000);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { seededRandom } from '../../test/bench/catalog-organisation.ts';
import { memoryRepository } from '../../test/memory-repository.ts';
import { allFindings } from './findings.ts';
import { catalogModel, catalogModelAlpha } from './judge.ts';
import { readRepository } from './read-repository.ts';
import { templateSchema } from './template-schema.ts';

/** Mutated entities, judged by `@backstage/catalog-model` alone and by us from the text of a file. */
const mutations = 200;

const model = catalogModel();
const alpha = catalogModelAlpha();
const template = model.entityKindSchemaValidator({
  $schema: 'http://json-schema.org/draft-07/schema',
  $id: 'TemplateV1beta3',
  allOf: [{ $ref: 'Entity' }, templateSchema],
});
const policy = model.EntityPolicies.allOf([
  new model.SchemaValidEntityPolicy(),
  new model.DefaultNamespaceEntityPolicy(),
  new model.NoForeignRootFieldsEntityPolicy(),
  new model.FieldFormatEntityPolicy(),
]);
const special: Record<string, { check(entity: never): Promise<boolean> }> = {
  'API mcp-server': alpha.mcpServerApiEntityValidator,
  'AiResource skill': alpha.skillAiResourceEntityV1alpha1Validator,
  'AiResource rule': alpha.ruleAiResourceEntityV1alpha1Validator,
  'AiResource plugin': alpha.pluginAiResourceEntityV1alpha1Validator,
  'AiResource marketplace': alpha.marketplaceAiResourceEntityV1alpha1Validator,
};
const general = [
  model.componentEntityV1alpha1Validator,
  model.apiEntityV1alpha1Validator,
  model.resourceEntityV1alpha1Validator,
  model.systemEntityV1alpha1Validator,
  model.domainEntityV1alpha1Validator,
  model.groupEntityV1alpha1Validator,
  model.userEntityV1alpha1Validator,
  model.locationEntityV1alpha1Validator,
  alpha.aiResourceEntityV1alpha1Validator,
  { check: async (entity: never) => template(entity) === entity },
];

type Json = Record<string, unknown>;

const metadata = {
  name: 'checkout',
  namespace: 'payments',
  title: 'Checkout',
  description: 'Takes the money.',
  labels: { 'example.com/tier': 'one' },
  annotations: { 'github.com/project-slug': 'acme/checkout' },
  tags: ['java', 'c++'],
  links: [{ url: 'https://example.com', title: 'Site', icon: 'web', type: 'dashboard' }],
};
const owned = { type: 'service', lifecycle: 'production', owner: 'user:ada', system: 'shop' };
const backstage = 'backstage.io/v1alpha1';
const profile = { displayName: 'Ada', email: 'ada@example.com', picture: 'https://example.com/a' };

const valid: Record<string, Json> = {
  Component: {
    spec: {
      ...owned,
      subcomponentOf: 'shop',
      providesApis: ['orders'],
      consumesApis: ['payments/ledger'],
      dependsOn: ['resource:db'],
      dependencyOf: ['component:web'],
    },
  },
  API: { spec: { ...owned, definition: 'openapi: 3.0.0' } },
  'API mcp-server': {
    spec: { ...owned, type: 'mcp-server', remotes: [{ type: 'sse', url: 'https://example.com' }] },
  },
  Resource: { spec: { ...owned, dependsOn: ['resource:db'], dependencyOf: ['component:web'] } },
  System: { spec: { owner: 'team', domain: 'shop', type: 'product' } },
  Domain: { spec: { owner: 'team', subdomainOf: 'shop', type: 'bundle' } },
  Group: { spec: { type: 'team', children: ['a'], parent: 'b', members: ['ada'], profile } },
  User: { spec: { memberOf: ['team'], profile } },
  Location: {
    spec: { type: 'url', target: './a.yaml', targets: ['./b.yaml'], presence: 'optional' },
  },
  Template: {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    spec: {
      ...owned,
      parameters: [{ title: 'One', properties: { name: { type: 'string' } } }],
      steps: [{ id: 'a', name: 'A', action: 'fetch:template', input: { url: './x' }, if: true }],
      output: {
        links: [{ url: 'https://example.com', title: 'a' }],
        text: [{ title: 'b', content: 'c' }],
      },
    },
  },
  'AiResource skill': {
    spec: {
      ...owned,
      type: 'skill',
      disciplines: ['web'],
      categories: ['a'],
      agents: ['b'],
      dependsOn: ['c'],
    },
  },
  'AiResource rule': { spec: { ...owned, type: 'rule', category: 'style', rationale: 'because' } },
  'AiResource plugin': { spec: { ...owned, type: 'plugin', skills: ['a'], version: '1' } },
  'AiResource marketplace': { spec: { ...owned, type: 'marketplace', plugins: ['a'] } },
  AiResource: { spec: { ...owned, type: 'prompt' } },
};

const values: unknown[] = [
  null,
  '',
  ' ',
  'x',
  'Upper',
  'with space',
  'a'.repeat(64),
  'a--b',
  '-a',
  'café',
  '/docs',
  'javascript:alert(1)',
  7,
  0,
  -1.5,
  true,
  false,
  [],
  {},
  ['a'],
  [7],
  [''],
  [null],
  [[]],
  { a: 1 },
  { a: 'b' },
  { 'a b': 'c' },
  { 'A/b': 'c' },
  'backstage.io/v1beta1',
  'backstage.io/v2',
  'mcp-server',
  'skill',
  'optional',
];

describe.each(Object.entries(valid))('%s', (name, base) => {
  const kind = name.split(' ')[0]!;
  const original = { apiVersion: backstage, kind, metadata, ...base };

  test('is valid as it stands', async () => {
    expect(await theirs(original)).toBe('valid');
    expect(await ours(original)).toBe('valid');
  });

  test(`${mutations} mutations are judged as catalog-model does, and every mistake has a message`, async () => {
    const random = seededRandom(name.length * 7919 + name.charCodeAt(0));
    const verdicts: Record<string, number> = {};
    for (let index = 0; index < mutations; index++) {
      const mutant = structuredClone(original) as Json;
      const times = 1 + Math.floor(random() * 2);
      for (let time = 0; time < times; time++) mutate(mutant, random);
      const expected = await theirs(mutant);

      expect(await ours(mutant), JSON.stringify(mutant)).toBe(expected);
      const findings = allFindings(mutant, undefined);
      expect(findings.length > 0, JSON.stringify({ mutant, findings })).toBe(expected !== 'valid');
      verdicts[expected] = (verdicts[expected] ?? 0) + 1;
    }

    expect(verdicts['valid']).toBeGreaterThan(5);
    expect(verdicts['invalid']).toBeGreaterThan(20);
  });
});

/** Changes, removes, renames or adds one thing somewhere. */
function mutate(mutant: Json, random: () => number): void {
  function pick<Item>(list: readonly Item[]): Item {
    return list[Math.floor(random() * list.length)]!;
  }
  let holder: Json = mutant;
  let key = pick(Object.keys(holder));
  while (isHolder(holder[key]) && Object.keys(holder[key] as Json).length > 0 && random() < 0.75) {
    holder = holder[key] as Json;
    key = pick(Object.keys(holder));
  }
  const action = random();
  if (action < 0.6) holder[key] = structuredClone(pick(values));
  else if (Array.isArray(holder)) holder.push(structuredClone(pick(values)));
  else if (action < 0.8) delete holder[key];
  else if (action < 0.9) {
    holder[`${key}x`] = holder[key];
    delete holder[key];
  } else
    holder[pick(['relations', 'status', 'extra', 'title', 'type'])] = structuredClone(pick(values));
}

function isHolder(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

async function ours(entity: unknown): Promise<string> {
  const text = stringify(entity, { aliasDuplicateObjects: false });
  const { documents } = await readRepository(memoryRepository({ 'catalog-info.yaml': text }));
  return documents[0]!.verdict;
}

/** Backstage's own order: policies, then at least one validator of the kind's type accepts. */
async function theirs(entity: unknown): Promise<string> {
  const { kind, spec } = entity as { kind: string; spec?: { type?: string } };
  const byType = special[`${kind} ${spec?.type}`];
  const validators = byType ? [byType] : general;
  try {
    const enforced = await policy.enforce(structuredClone(entity) as never);
    for (const validator of validators)
      if (await validator.check(enforced as never)) return 'valid';
    return 'unknown-kind';
  } catch {
    return 'invalid';
  }
}

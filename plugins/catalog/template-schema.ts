const text = { type: 'string', minLength: 1 };
const condition = { type: ['string', 'boolean'] };
const permissions = {
  type: 'object',
  properties: { tags: { type: 'array', items: { type: 'string' } } },
};
const page = { type: 'object', properties: { 'backstage:permissions': permissions } };
const decorators = {
  type: 'array',
  items: { type: 'object', properties: { id: { type: 'string' }, input: { type: 'object' } } },
};

/** The apiVersion of software templates. */
export const templateApiVersion = 'scaffolder.backstage.io/v1beta3';

/** What a Template's `spec` may hold: the rules of `TemplateV1beta3` in `@backstage/plugin-scaffolder-common` 2.3.0. */
export const templateSchema = {
  type: 'object',
  required: ['spec'],
  properties: {
    apiVersion: { enum: [templateApiVersion] },
    kind: { enum: ['Template'] },
    spec: {
      type: 'object',
      required: ['type', 'steps'],
      properties: {
        type: text,
        owner: text,
        lifecycle: text,
        parameters: { oneOf: [page, { type: 'array', items: page }] },
        secrets: { type: 'object', properties: { schema: { type: 'object' } } },
        presentation: {
          type: 'object',
          properties: {
            buttonLabels: {
              type: 'object',
              properties: {
                backButtonText: { type: 'string' },
                createButtonText: { type: 'string' },
                reviewButtonText: { type: 'string' },
              },
            },
          },
        },
        EXPERIMENTAL_recovery: {
          type: 'object',
          properties: { EXPERIMENTAL_strategy: { type: 'string' } },
        },
        formDecorators: decorators,
        EXPERIMENTAL_formDecorators: decorators,
        steps: {
          type: 'array',
          items: {
            type: 'object',
            required: ['action'],
            properties: {
              id: { type: 'string' },
              name: { type: 'string' },
              action: { type: 'string' },
              input: { type: 'object' },
              if: condition,
              'backstage:permissions': permissions,
            },
          },
        },
        output: {
          type: 'object',
          properties: {
            links: {
              type: 'array',
              items: {
                type: 'object',
                properties: { if: condition, url: text, entityRef: text, title: text, icon: text },
              },
            },
            text: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  if: condition,
                  title: text,
                  icon: text,
                  content: { type: 'string' },
                },
              },
            },
          },
          additionalProperties: { type: 'string' },
        },
      },
    },
  },
};

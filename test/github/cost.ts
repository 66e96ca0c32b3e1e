import {
  TypeInfo,
  getNamedType,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/**
 * Points as GitHub counts them: the requests its database would need, one per connection and parent, divided by 100 and
 * rounded, at least 1. Refuses what GitHub refuses: pages without a size, over 100, and more than 500,000 nodes.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
): { points: number; nodes: number } | { errors: unknown[] } {
  const connections = connectionFields(schema, document);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  const errors: unknown[] = [];
  let requests = 0;
  let nodes = 0;

  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, 1);
  if (nodes > 500_000)
    errors.push({
      type: 'MAX_NODE_LIMIT_EXCEEDED',
      message: `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of 500,000.`,
    });
  return errors.length > 0
    ? { errors }
    : { points: Math.max(1, Math.round(requests / 100)), nodes };

  function walk(selections: SelectionSetNode, parents: number): void {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) walkField(selection, parents);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, parents);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) walk(fragment.selectionSet, parents);
      }
    }
  }

  function walkField(field: FieldNode, parents: number): void {
    if (!field.selectionSet) return;
    const many = valueOf(field, 'ids');
    if (!connections.has(field)) {
      walk(field.selectionSet, parents * (Array.isArray(many) ? many.length : 1));
      return;
    }
    const size = valueOf(field, 'first') ?? valueOf(field, 'last');
    const readsNodes = field.selectionSet.selections.some(
      (each) => each.kind === Kind.FIELD && ['nodes', 'edges'].includes(each.name.value),
    );
    if (size === undefined && readsNodes)
      errors.push({
        type: 'MISSING_PAGINATION_BOUNDARIES',
        message: `You must provide a \`first\` or \`last\` value to properly paginate the \`${field.name.value}\` connection.`,
      });
    if (Number(size) > 100)
      errors.push({
        type: 'EXCESSIVE_PAGINATION',
        message: `Requesting ${String(size)} records on the \`${field.name.value}\` connection exceeds the \`first\` limit of 100 records.`,
      });
    requests += parents;
    nodes += readsNodes ? parents * Number(size ?? 0) : 0;
    walk(field.selectionSet, parents * Number(size ?? 1));
  }

  function valueOf(field: FieldNode, name: string): unknown {
    const argument = field.arguments?.find((each) => each.name.value === name);
    return argument ? valueFromASTUntyped(argument.value, variables) : undefined;
  }
}

function connectionFields(schema: GraphQLSchema, document: DocumentNode): Set<FieldNode> {
  const info = new TypeInfo(schema);
  const found = new Set<FieldNode>();
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const type = info.getType();
        if (type && getNamedType(type).name.endsWith('Connection')) found.add(node);
      },
    }),
  );
  return found;
}

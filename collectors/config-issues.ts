import * as z from 'zod';
import { didYouMean } from './did-you-mean.ts';

type Path = readonly PropertyKey[];

/** One line per mistake: the path of the key, what was expected, what was found, and the key that was likely meant. */
export function describeIssues(error: z.ZodError, schema: z.ZodType, value: unknown): string {
  const lines = error.issues.flatMap((issue) => describeIssue(issue, schema, value));
  return [...new Set(lines)].join('\n');
}

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path, value);
    return issue.keys.map((key) => {
      const meant = didYouMean(key, known);
      const expected = known.length > 0 ? `, expected one of ${known.join(', ')}` : '';
      return `  ${pathText([...issue.path, key])}: unknown key${expected}${meant ? `. Did you mean \`${meant}\`?` : ''}`;
    });
  }
  if (issue.code === 'invalid_union') return describeUnion(issue, schema, value);
  const found = valueAt(value, issue.path);
  return [`  ${pathText(issue.path)}: ${wording(issue)}${foundText(found)}`];
}

/** A union fails in every branch; what helps is the branch that got furthest, or the list of tags. */
function describeUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  schema: z.ZodType,
  value: unknown,
): string[] {
  if (issue.discriminator) {
    const path = [...issue.path];
    if (path.at(-1) !== issue.discriminator) path.push(issue.discriminator);
    const tags = tagsAt(schema, path.slice(0, -1), issue.discriminator);
    const found = valueAt(value, path);
    const meant = typeof found === 'string' ? didYouMean(found, tags) : undefined;
    const hint = meant ? `. Did you mean \`${meant}\`?` : '';
    return [`  ${pathText(path)}: expected one of ${tags.join(', ')}${foundText(found)}${hint}`];
  }
  const branches = issue.errors.filter(
    (branch) => !branch.some((each) => each.code === 'invalid_value'),
  );
  const furthest =
    (branches.length > 0 ? branches : issue.errors).toSorted((a, b) => depth(b) - depth(a))[0] ??
    [];
  return furthest.flatMap((inner) =>
    describeIssue(
      { ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue,
      schema,
      value,
    ),
  );
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`;
  if (issue.code === 'too_small' && issue.origin === 'array')
    return `expected at least ${issue.minimum} entry`;
  if (issue.code === 'too_small' && issue.origin === 'string')
    return 'expected a text that is not empty';
  if (issue.code === 'invalid_value')
    return `expected one of ${issue.values.map(String).join(', ')}`;
  const message = issue.message;
  return message.startsWith('Invalid')
    ? `expected a valid ${message.slice('Invalid '.length)}`
    : message;
}

function foundText(found: unknown): string {
  if (found === undefined) return ', found nothing';
  if (typeof found === 'string')
    return `, found "${found.length > 60 ? `${found.slice(0, 60)}…` : found}"`;
  if (typeof found === 'number' || typeof found === 'boolean') return `, found ${found}`;
  if (found === null) return ', found null';
  return Array.isArray(found)
    ? ', found an array'
    : `, found ${typeof found === 'object' ? 'an object' : typeof found}`;
}

function pathText(path: Path): string {
  if (path.length === 0) return 'the default export';
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const part of path)
    current = (current as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return current;
}

/** Keys the schema knows at a path, unions searched for the branches that are objects. */
function keysAt(schema: z.ZodType, path: Path, value: unknown): string[] {
  const objects = objectsAt(schema, path);
  const tag = valueAt(value, path) as { type?: unknown } | undefined;
  const matching = objects.filter((object) => {
    const literal = object.shape['type'];
    return !(literal instanceof z.ZodLiteral) || literal.value === tag?.type;
  });
  return [...new Set(matching.flatMap((object) => Object.keys(object.shape)))];
}

function tagsAt(schema: z.ZodType, path: Path, discriminator: string): string[] {
  return objectsAt(schema, path).flatMap((object) => {
    const literal = object.shape[discriminator];
    return literal instanceof z.ZodLiteral ? [String(literal.value)] : [];
  });
}

function objectsAt(schema: z.ZodType, path: Path): z.ZodObject[] {
  let level = objectsIn(schema);
  let members: z.ZodType[] = [schema];
  for (const part of path) {
    members =
      typeof part === 'number'
        ? members
            .flatMap(unwrap)
            .flatMap((type) => (type instanceof z.ZodArray ? [type.element as z.ZodType] : []))
        : level.flatMap((object) => {
            const field = object.shape[String(part)];
            return field ? [field as z.ZodType] : [];
          });
    level = members.flatMap(objectsIn);
  }
  return level;
}

function objectsIn(schema: z.ZodType): z.ZodObject[] {
  return unwrap(schema).filter((type): type is z.ZodObject => type instanceof z.ZodObject);
}

function unwrap(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option) => unwrap(option as z.ZodType));
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
  ) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return [schema];
}

import type { Finding } from './findings.ts';
import { asJson, asList } from './json-values.ts';
import { catalogModel } from './judge.ts';

/** Every name, key, tag and link that is not of Backstage's form. */
export function formatFindings(document: Record<string, unknown>): Finding[] {
  const { makeValidator, CommonValidatorFunctions } = catalogModel();
  const valid = makeValidator();
  const metadata = asJson(document['metadata']);
  const findings: Finding[] = [];

  function expect(
    path: (string | number)[],
    value: unknown,
    isValid: (value: never) => boolean,
    expected: string,
    hint: string,
    what: 'key' | 'value' = 'value',
  ) {
    if (typeof value !== 'string' || value === '' || isValid(value as never)) return;
    const message = `Unexpected ${what === 'key' ? 'key' : 'value'} \`${value}\`${what === 'key' ? ` in \`${path.slice(0, -1).join('.')}\`` : ` at \`${path.join('.')}\``}, expected ${expected}.`;
    findings.push({ message, hint, path, what });
  }

  expect(
    ['apiVersion'],
    document['apiVersion'],
    valid.isValidApiVersion,
    'letters and digits after an optional domain and `/`',
    'Write `apiVersion: backstage.io/v1alpha1`.',
  );
  expect(
    ['kind'],
    document['kind'],
    valid.isValidKind,
    'letters and digits, a letter first, at most 63',
    'Use a kind of the catalog.',
  );
  expect(
    ['metadata', 'name'],
    metadata['name'],
    valid.isValidEntityName,
    nameForm,
    'Rename it; `metadata.title` may hold any text.',
  );
  expect(
    ['metadata', 'namespace'],
    metadata['namespace'],
    valid.isValidNamespace,
    'lower-case letters and digits separated by `-`, at most 63',
    'Write it in lower case.',
  );
  for (const [key, value] of Object.entries(asJson(metadata['labels']))) {
    const path = ['metadata', 'labels', key];
    expect(path, key, valid.isValidLabelKey, keyForm, 'Rename the label.', 'key');
    expect(
      path,
      value,
      valid.isValidLabelValue,
      nameForm,
      'Shorten it, or make it an annotation, which may hold any text.',
    );
  }
  for (const key of Object.keys(asJson(metadata['annotations'])))
    expect(
      ['metadata', 'annotations', key],
      key,
      valid.isValidAnnotationKey,
      keyForm,
      'Rename the annotation.',
      'key',
    );
  for (const [index, tag] of asList(metadata['tags']).entries())
    expect(
      ['metadata', 'tags', index],
      tag,
      valid.isValidTag,
      'lower-case letters, digits, `:`, `+` and `#` separated by `-`, at most 63',
      'Write it in lower case with `-` between words.',
    );
  for (const [index, link] of asList(metadata['links']).entries()) {
    const path = ['metadata', 'links', index];
    const { url, title, icon } = asJson(link);
    expect(
      [...path, 'url'],
      url,
      CommonValidatorFunctions.isValidUrl,
      'an absolute address such as https://example.com',
      'Write the address with its scheme.',
    );
    expect(
      [...path, 'title'],
      title,
      CommonValidatorFunctions.isNonEmptyString,
      'some text',
      'Fill it in or remove it.',
    );
    expect(
      [...path, 'icon'],
      icon,
      CommonValidatorFunctions.isNonEmptyString,
      'some text',
      'Fill it in or remove it.',
    );
  }
  return findings;
}

const nameForm = 'letters and digits separated by `-`, `_` or `.`, at most 63';
const keyForm =
  'letters and digits separated by `-`, `_` or `.`, after an optional lower-case domain and `/`';

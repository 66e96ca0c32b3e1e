import type { ProblemKind } from '../types.ts';

/** Everything that can be wrong in the definition of an API. */
export const apisProblems: Readonly<Record<string, ProblemKind>> = {
  'apis/syntax': {
    severity: 'error',
    title: 'An API definition cannot be read',
    explain:
      'The text is not valid in the language its type says, so the portal shows it as it is, without operations and fields.',
    fix: 'Go to the line given. `callboard check` says at once whether it is right.',
  },
  'apis/unknown-format': {
    severity: 'error',
    title: 'An API definition does not say what it is',
    explain:
      'OpenAPI definitions start with `openapi` or `swagger` and a version, AsyncAPI ones with `asyncapi`. Known are OpenAPI 2.0, 3.0 and 3.1, and AsyncAPI 2 and 3.',
    fix: 'Add or correct the version, or correct `spec.type` of the entity.',
  },
  'apis/wrong-type': {
    severity: 'warning',
    title: 'An API definition is of another type',
    explain:
      'The entity says one type and the definition is of another. It is shown as what it is, but lists and filters have it under the wrong type.',
    fix: 'Correct `spec.type` of the entity.',
  },
  'apis/invalid': {
    severity: 'warning',
    title: 'A part of an API definition is not right',
    explain:
      'A part the format asks for is missing or of the wrong shape. Everything else is shown.',
    fix: 'Correct the field given.',
  },
  'apis/too-large': {
    severity: 'warning',
    title: 'An API definition is too large to show',
    explain:
      'Pages are made for readers: a definition over 5 MiB, or one that nests or repeats itself far more than people write, is offered for download only.',
    fix: 'Split it into several APIs, or register a part of it.',
  },
  'apis/unresolved-ref': {
    severity: 'error',
    title: 'A reference in an API definition leads nowhere',
    explain:
      'What the reference names is not in the definition, so readers and generated clients miss it.',
    fix: 'Correct the reference or add what it names.',
  },
  'apis/remote-ref': {
    severity: 'warning',
    title: 'A reference leads out of an API definition',
    explain:
      'Only references inside the definition are followed: a build never opens files or addresses a definition names. The type is shown by its name.',
    fix: 'Bundle the definition into one file in your own CI and register that.',
  },
  'apis/duplicate-operation': {
    severity: 'warning',
    title: 'Two operations have the same operationId',
    explain:
      'An operationId names one operation. Generated clients fail or drop one of the two, and links lead to the first.',
    fix: 'Rename one of them.',
  },
};

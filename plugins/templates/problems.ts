import type { ProblemKind } from '../types.ts';

/** What can be wrong in a software template. */
export const templatesProblems: Readonly<Record<string, ProblemKind>> = {
  'templates/invalid': {
    severity: 'error',
    title: 'A template that does not fit its format',
    explain:
      'The template cannot be shown or run: a part of its spec is missing or of another type than the format asks for.',
    fix: 'Correct the field named in the message. The format is scaffolder.backstage.io/v1beta3.',
  },
  'templates/duplicate-step': {
    severity: 'error',
    title: 'Two steps with one id',
    explain:
      'Outputs are read by the id of their step, so the first of the two can no longer be read.',
    fix: 'Give each step an id of its own.',
  },
  'templates/unknown-action': {
    severity: 'error',
    title: 'A step with an action nobody provides',
    explain: 'The run stops before its first step, because it could not be completed.',
    fix: 'Correct the name of the action, add the plugin that provides it, or remove the step. The actions are listed in the handbook.',
  },
  'templates/unknown-step': {
    severity: 'error',
    title: 'A reference to a step that is not there',
    explain: 'The reference renders to nothing, so a later step gets an empty value.',
    fix: 'Name a step that runs earlier, by its id.',
  },
  'templates/unknown-output': {
    severity: 'warning',
    title: 'A reference to an output the step does not have',
    explain:
      'The action of that step gives no output of this name, so the reference renders to nothing.',
    fix: 'Read one of the outputs named in the hint.',
  },
  'templates/undefined-parameter': {
    severity: 'warning',
    title: 'A parameter no page of the form asks for',
    explain: 'The value is always empty: nobody can fill it in.',
    fix: 'Add the parameter to spec.parameters, or correct its name.',
  },
  'templates/unused-parameter': {
    severity: 'info',
    title: 'A parameter nothing reads',
    explain: 'People fill in a field that changes nothing.',
    fix: 'Use the parameter in a step, or remove it from the form.',
  },
  'templates/missing-skeleton': {
    severity: 'error',
    title: 'A skeleton that is not there',
    explain: 'The step that fetches it fails.',
    fix: 'Correct the address, which is relative to the file of the template, or add the folder.',
  },
  'templates/undefined-value': {
    severity: 'warning',
    title: 'A skeleton reads a value it is not given',
    explain: 'The place in the file stays empty.',
    fix: 'Pass the value in the input of the step, or correct its name in the skeleton.',
  },
  'templates/ignored-input': {
    severity: 'warning',
    title: 'An input the action ignores',
    explain:
      'Backstage has ignored copyWithoutRender since version 4 of its scaffolder: the files are rendered all the same.',
    fix: 'Use copyWithoutTemplating, which copies contents as they are and renders paths.',
  },
};

/** One page of the form, by RJSF. Loaded when the form is shown: it is the largest part of the page. */
import Form from '@rjsf/core';
import type { FormValidation, RJSFValidationError, UiSchema, ValidatorType } from '@rjsf/utils';
import createPrecompiledValidator from '@rjsf/validator-ajv8/lib/createPrecompiledValidator.js';
import { useMemo, useRef, type ReactNode } from 'react';

import { fieldProblem } from '../engine/field-rules.ts';
import type { JsonObject } from '../engine/index.ts';
import type { FormPage } from './split-schema.ts';
import {
  BaseInputTemplate,
  ButtonTemplates,
  DescriptionFieldTemplate,
  FieldTemplate,
  TitleFieldTemplate,
} from './templates.tsx';
import { JsonField } from './JsonField.tsx';
import { requireRuntime } from './validation-runtime.ts';
import { widgets } from './widgets.tsx';

type Validators = Parameters<typeof createPrecompiledValidator>[0];

interface Props {
  page: FormPage;
  /** Compiled functions of this page; undefined when its schema could not be compiled. */
  validators: unknown;
  data: JsonObject;
  submitText: string;
  onChange(data: JsonObject): void;
  onDone(data: JsonObject): void;
  onBack: (() => void) | undefined;
}

const templates = {
  FieldTemplate,
  BaseInputTemplate,
  TitleFieldTemplate,
  DescriptionFieldTemplate,
  ButtonTemplates,
};

const fields = { JsonField };

/** Hands compiled validators the parts of ajv they need. */
export { requireRuntime };

export default function PageForm(props: Props): ReactNode {
  const { page, validators, data, submitText, onChange, onDone, onBack } = props;
  const form = useRef<HTMLDivElement>(null);
  const validator = useMemo<ValidatorType>(
    () =>
      validators === undefined
        ? lenient
        : createPrecompiledValidator(validators as Validators, page.schema),
    [validators, page],
  );
  return (
    <div ref={form}>
      {page.description && <p className="muted">{page.description}</p>}
      <Form
        schema={page.schema}
        uiSchema={page.ui}
        formData={data}
        validator={validator}
        customValidate={(formData, errors, ui) => noteProblems(formData, errors, ui ?? {})}
        widgets={widgets}
        fields={fields}
        templates={templates}
        transformErrors={inWords}
        showErrorList={false}
        noHtml5Validate
        idPrefix="create"
        onChange={({ formData }) => onChange((formData ?? {}) as JsonObject)}
        onSubmit={({ formData }) => onDone((formData ?? {}) as JsonObject)}
        onError={() =>
          requestAnimationFrame(() =>
            form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
          )
        }
      >
        <div className="cluster">
          {onBack && (
            <button type="button" className="button" onClick={onBack}>
              Back
            </button>
          )}
          <button type="submit" className="button button-primary">
            {submitText}
          </button>
        </div>
      </Form>
    </div>
  );
}

/** What people read beside a field that is empty; the rest is said well enough by the validator. */
function inWords(errors: RJSFValidationError[]): RJSFValidationError[] {
  return errors.map((error) =>
    error.name === 'required' ? { ...error, message: 'This is required: fill it in.' } : error,
  );
}

/** Adds what the field extensions ask beyond the schema. */
function noteProblems(data: unknown, errors: FormValidation, ui: UiSchema): FormValidation {
  for (const [name, value] of Object.entries((data ?? {}) as JsonObject)) {
    const { 'ui:widget': widget, 'ui:options': options, ...inner } = (ui[name] ?? {}) as UiSchema;
    const at = errors[name] as FormValidation | undefined;
    if (!at || value === undefined || value === null) continue;
    const problem = fieldProblem(widget, value, (options ?? {}) as JsonObject);
    if (problem !== undefined) at.addError(problem);
    else if (typeof value === 'object' && !Array.isArray(value)) noteProblems(value, at, inner);
  }
  return errors;
}

/** For a schema that no validator can be made of: everything passes here, and the run checks again. */
const lenient: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({}),
};

/** How RJSF's parts look here: the same labels, hints and errors as everywhere in the portal. */
import type {
  BaseInputTemplateProps,
  DescriptionFieldProps,
  FieldTemplateProps,
  IconButtonProps,
  TitleFieldProps,
} from '@rjsf/utils';
import { getInputProps } from '@rjsf/utils';
import type { ReactNode } from 'react';

export function FieldTemplate(props: FieldTemplateProps): ReactNode {
  const {
    id,
    label,
    children,
    help,
    rawErrors,
    rawDescription,
    hidden,
    required,
    schema,
    displayLabel,
    uiSchema,
  } = props;
  if (hidden) return <div hidden>{children}</div>;
  const isJson = uiSchema?.['ui:field'] === 'JsonField';
  const isGroup =
    (schema.type === 'object' && !isJson) || (schema.type === 'array' && !uiSchema?.['ui:widget']);
  const isCheckbox = schema.type === 'boolean' && !uiSchema?.['ui:widget'];
  return (
    <div className="field">
      {(displayLabel || isJson) && !isGroup && !isCheckbox && (
        <label htmlFor={id}>
          {label}
          {required && <span className="muted"> (required)</span>}
        </label>
      )}
      {!isGroup && !isCheckbox && rawDescription && <p className="field-hint">{rawDescription}</p>}
      {children}
      {help}
      {rawErrors?.map((error) => (
        <p className="field-error" key={error} id={`${id}__error`}>
          {error}
        </p>
      ))}
    </div>
  );
}

export function BaseInputTemplate(props: BaseInputTemplateProps): ReactNode {
  const {
    id,
    value,
    schema,
    options,
    type,
    required,
    disabled,
    readonly,
    autofocus,
    rawErrors,
    placeholder,
  } = props;
  const input = getInputProps(schema, type, options);
  const hasError = (rawErrors?.length ?? 0) > 0;
  const examples = Array.isArray(schema.examples) ? schema.examples : undefined;
  return (
    <>
      <input
        {...input}
        id={id}
        name={id}
        className="input"
        value={value === undefined || value === null ? '' : String(value)}
        required={required}
        disabled={disabled || readonly}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the author of the template asked for it with ui:autofocus
        autoFocus={autofocus}
        placeholder={placeholder}
        aria-invalid={hasError}
        aria-describedby={hasError ? `${id}__error` : undefined}
        list={examples && `${id}__examples`}
        autoComplete="off"
        onChange={({ target }) =>
          props.onChange(target.value === '' ? options.emptyValue : target.value)
        }
        onBlur={({ target }) => props.onBlur(id, target.value)}
        onFocus={({ target }) => props.onFocus(id, target.value)}
      />
      {examples && (
        <datalist id={`${id}__examples`}>
          {examples.map((example) => (
            <option key={String(example)} value={String(example)}>
              {String(example)}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}

export function TitleFieldTemplate({ id, title }: TitleFieldProps): ReactNode {
  return <legend id={id}>{title}</legend>;
}

export function DescriptionFieldTemplate({ id, description }: DescriptionFieldProps): ReactNode {
  return description ? (
    <p className="field-hint" id={id}>
      {description}
    </p>
  ) : null;
}

function iconButton(text: string): (props: IconButtonProps) => ReactNode {
  return function IconButton({ onClick, disabled, id }) {
    return (
      <button
        type="button"
        className="button button-s"
        onClick={onClick}
        disabled={disabled}
        id={id}
      >
        {text}
      </button>
    );
  };
}

export const ButtonTemplates = {
  AddButton: iconButton('Add'),
  CopyButton: iconButton('Copy'),
  MoveDownButton: iconButton('Down'),
  MoveUpButton: iconButton('Up'),
  RemoveButton: iconButton('Remove'),
  ClearButton: iconButton('Clear'),
  SubmitButton: () => null,
};

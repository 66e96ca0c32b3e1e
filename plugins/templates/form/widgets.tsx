/** Backstage's field extensions that work from static data. */
import type { WidgetProps } from '@rjsf/utils';
import { useContext, useId, type ReactNode } from 'react';

import { Entities, filtered, wholeRef, type EntitySummary } from './entities.ts';
import { RepoUrlPicker } from './RepoUrlPicker.tsx';

type Filter = Parameters<typeof filtered>[1];

interface PickerOptions {
  catalogFilter?: Filter;
  allowedKinds?: string[];
  defaultKind?: string;
  defaultNamespace?: string | false;
  allowArbitraryValues?: boolean;
  kinds?: string[];
  helperText?: string;
}

function EntityPicker(props: WidgetProps): ReactNode {
  const options = props.options as PickerOptions;
  const choices = useChoices(options);
  return <RefInput {...props} choices={choices} defaultKind={options.defaultKind} />;
}

function OwnerPicker(props: WidgetProps): ReactNode {
  const options = props.options as PickerOptions;
  const kinds = options.allowedKinds ?? ['Group', 'User'];
  const choices = useChoices({ catalogFilter: options.catalogFilter ?? { kind: kinds } });
  return <RefInput {...props} choices={choices} defaultKind={options.defaultKind ?? 'Group'} />;
}

/** Groups, those of "my team" first: nobody signs in here. */
function MyGroupsPicker(props: WidgetProps): ReactNode {
  const choices = useChoices({ catalogFilter: { kind: 'Group' } });
  const mine = localStorage.getItem('callboard:team');
  const sorted = choices.toSorted((a, b) => Number(b.ref === mine) - Number(a.ref === mine));
  return <RefInput {...props} choices={sorted} defaultKind="Group" />;
}

/** Entities, those "my team" owns when a team is chosen. */
function OwnedEntityPicker(props: WidgetProps): ReactNode {
  const options = props.options as PickerOptions;
  const filter = options.catalogFilter ?? (options.allowedKinds && { kind: options.allowedKinds });
  const choices = useChoices(filter === undefined ? {} : { catalogFilter: filter });
  const mine = localStorage.getItem('callboard:team');
  const owned = choices.filter(({ owner }) => owner === mine);
  return (
    <RefInput
      {...props}
      choices={owned.length > 0 ? owned : choices}
      defaultKind={options.defaultKind}
    />
  );
}

function MultiEntityPicker(props: WidgetProps): ReactNode {
  const options = props.options as PickerOptions;
  const choices = useChoices(options);
  return (
    <ListInput
      {...props}
      choices={choices.map(({ ref, title }) => ({
        value: ref,
        title,
      }))}
    />
  );
}

function EntityTagsPicker(props: WidgetProps): ReactNode {
  const { kinds, helperText } = props.options as PickerOptions;
  const entities = useContext(Entities).filter(({ kind }) => !kinds || kinds.includes(kind));
  const tags = [...new Set(entities.flatMap((entity) => entity.tags ?? []))].sort();
  return (
    <>
      <ListInput {...props} choices={tags.map((tag) => ({ value: tag, title: tag }))} />
      {helperText && <p className="field-hint">{helperText}</p>}
    </>
  );
}

function EntityNamePicker(props: WidgetProps): ReactNode {
  return (
    <>
      <TextInput {...props} pattern="[A-Za-z0-9]([A-Za-z0-9._\-]*[A-Za-z0-9])?" maxLength={63} />
      <p className="field-hint">Letters, digits, “-”, “_” and “.”; at most 63.</p>
    </>
  );
}

function Secret(props: WidgetProps): ReactNode {
  return (
    <>
      <TextInput {...props} type="password" />
      <p className="field-hint">
        A secret: it stays on this page and is part of no address, no issue and no preview.
      </p>
    </>
  );
}

export const widgets = {
  EntityPicker,
  OwnerPicker,
  MyGroupsPicker,
  OwnedEntityPicker,
  MultiEntityPicker,
  EntityTagsPicker,
  EntityNamePicker,
  Secret,
  RepoUrlPicker,
};

function useChoices({ catalogFilter, allowedKinds }: PickerOptions): EntitySummary[] {
  const entities = useContext(Entities);
  return filtered(entities, catalogFilter ?? (allowedKinds && { kind: allowedKinds }));
}

function RefInput(
  props: WidgetProps & { choices: readonly EntitySummary[]; defaultKind: string | undefined },
): ReactNode {
  const { choices, defaultKind, value, onChange } = props;
  const { allowArbitraryValues, defaultNamespace } = props.options as PickerOptions;
  const list = useId();
  if (allowArbitraryValues === false) return <RefChoice {...props} />;
  const defaults = {
    ...(defaultKind && { defaultKind }),
    ...(defaultNamespace && { defaultNamespace }),
  };
  const isKnown = !value || choices.some(({ ref }) => ref === wholeRef(String(value), defaults));
  return (
    <>
      <TextInput
        {...props}
        list={list}
        onLeave={(text) => {
          const whole = wholeRef(text, defaults);
          if (text !== '' && whole !== text) onChange(whole);
        }}
      />
      <datalist id={list}>
        {choices.map(({ ref, title }) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </datalist>
      {!isKnown && <p className="field-hint">Not in the catalog.</p>}
    </>
  );
}

/** For fields that take nothing but what the catalog has. */
function RefChoice({
  id,
  choices,
  value,
  required,
  disabled,
  readonly,
  rawErrors,
  onChange,
}: WidgetProps & { choices: readonly EntitySummary[] }): ReactNode {
  return (
    <select
      id={id}
      className="input"
      value={typeof value === 'string' ? value : ''}
      required={required}
      disabled={disabled || readonly}
      aria-invalid={(rawErrors?.length ?? 0) > 0}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    >
      <option value="">Choose one</option>
      {choices.map(({ ref, title }) => (
        <option key={ref} value={ref}>
          {title} ({ref})
        </option>
      ))}
    </select>
  );
}

function ListInput(
  props: WidgetProps & { choices: readonly { value: string; title: string }[] },
): ReactNode {
  const { id, choices, onChange } = props;
  const values = Array.isArray(props.value) ? (props.value as string[]) : [];
  const list = useId();
  return (
    <div className="stack-s">
      {values.length > 0 && (
        <ul className="cluster cluster-s create-chosen">
          {values.map((value) => (
            <li key={value}>
              <button
                type="button"
                className="chip"
                aria-label={`Remove ${value}`}
                onClick={() => onChange(values.filter((each) => each !== value))}
              >
                {value} ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        className="input"
        list={list}
        placeholder="Type and press Enter"
        autoComplete="off"
        onKeyDown={(event) => {
          const value = event.currentTarget.value.trim();
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (value === '') return;
          onChange([...new Set([...values, value])]);
          event.currentTarget.value = '';
        }}
      />
      <datalist id={list}>
        {choices.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </datalist>
    </div>
  );
}

function TextInput(
  props: WidgetProps & {
    list?: string;
    type?: string;
    pattern?: string;
    maxLength?: number;
    onLeave?(text: string): void;
  },
): ReactNode {
  const { id, value, required, disabled, readonly, rawErrors, autofocus, placeholder, onChange } =
    props;
  return (
    <input
      id={id}
      className="input"
      type={props.type ?? 'text'}
      list={props.list}
      pattern={props.pattern}
      maxLength={props.maxLength}
      value={typeof value === 'string' ? value : ''}
      required={required}
      disabled={disabled || readonly}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the author of the template asked for it with ui:autofocus
      autoFocus={autofocus}
      placeholder={placeholder}
      autoComplete="off"
      aria-invalid={(rawErrors?.length ?? 0) > 0}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      onBlur={({ target }) => props.onLeave?.(target.value.trim())}
    />
  );
}

/** The form of a template: its pages, a review, the preview beside it and the three ways to run it. */
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react';

import type { Bundle } from '../bundle.ts';
import { withoutNames } from '../engine/fields.ts';
import type { ActionDescription, JsonObject, TemplateSpec } from '../engine/index.ts';
import { Preview } from '../preview/Preview.tsx';
import type { CreateTarget } from './create-on-github.ts';
import { Entities, type EntitySummary } from './entities.ts';
import { Review } from './Review.tsx';
import { fromHash, toHash } from './share.ts';
import type { FormPage } from './split-schema.ts';

const PageForm = lazy(() => import('./PageForm.tsx'));

export interface CreateFormProps {
  templateRef: string;
  name: string;
  /** Address of the compiled validators, of the pages and steps, of the skeletons and of the catalog's list. */
  validatorsUrl: string;
  pagesUrl: string;
  bundleUrl: string | undefined;
  entitiesUrl: string;
  github: CreateTarget | undefined;
}

interface Loaded {
  pages: FormPage[];
  spec: TemplateSpec;
  actions: readonly ActionDescription[];
  validators: unknown[];
  bundle: Bundle | undefined;
  entities: EntitySummary[];
  secrets: ReadonlySet<string>;
}

export default function CreateForm(props: CreateFormProps): ReactNode {
  const { validatorsUrl, pagesUrl, bundleUrl, entitiesUrl } = props;
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    load({ validatorsUrl, pagesUrl, bundleUrl, entitiesUrl }).then(setLoaded, (error: Error) =>
      setFailure(error.message),
    );
  }, [validatorsUrl, pagesUrl, bundleUrl, entitiesUrl]);
  if (failure)
    return (
      <p className="note note-error" role="alert">
        The form could not be loaded: {failure}
      </p>
    );
  if (!loaded) return <output className="block muted">Loading the form…</output>;
  return <Pages {...props} loaded={loaded} />;
}

function Pages({ loaded, ...props }: CreateFormProps & { loaded: Loaded }): ReactNode {
  const { pages, validators, secrets } = loaded;
  const [data, setData] = useState<JsonObject[]>(() => {
    const shared = fromHash(location.hash, secrets);
    return pages.map((page) => ownValues(page, shared));
  });
  const [step, setStep] = useState(0);
  const values = useMemo(() => Object.assign({}, ...data) as JsonObject, [data]);
  const open = useMemo(() => withoutNames(values, secrets), [values, secrets]);
  useEffect(() => {
    history.replaceState(
      history.state,
      '',
      `${location.pathname}${location.search}${toHash(values, secrets)}`,
    );
  }, [values, secrets]);
  function change(pageData: JsonObject): void {
    setData(data.map((each, index) => (index === step ? pageData : each)));
  }
  const page = pages[step];
  return (
    <Entities.Provider value={loaded.entities}>
      <div className="create-columns">
        <div className="card create-pages">
          <Progress
            titles={[...pages.map(({ title }) => title), 'Review']}
            current={step}
            onGo={setStep}
          />
          <div className="card-body">
            <Suspense fallback={<p className="muted">Loading the form…</p>}>
              {page ? (
                <PageForm
                  key={step}
                  page={page}
                  validators={validators[step]}
                  data={data[step]!}
                  submitText={step === pages.length - 1 ? 'Review' : 'Next'}
                  onChange={change}
                  onDone={(pageData) => {
                    change(pageData);
                    setStep(step + 1);
                  }}
                  onBack={step > 0 ? () => setStep(step - 1) : undefined}
                />
              ) : (
                <Review
                  pages={pages}
                  data={data}
                  secrets={secrets}
                  templateRef={props.templateRef}
                  name={props.name}
                  github={props.github}
                  onBack={pages.length > 0 ? () => setStep(pages.length - 1) : undefined}
                />
              )}
            </Suspense>
          </div>
        </div>
        <Preview
          spec={loaded.spec}
          bundle={loaded.bundle}
          actions={loaded.actions}
          templateRef={props.templateRef}
          name={props.name}
          parameters={open}
        />
      </div>
    </Entities.Provider>
  );
}

function Progress({
  titles,
  current,
  onGo,
}: {
  titles: string[];
  current: number;
  onGo(step: number): void;
}): ReactNode {
  return (
    <ol className="create-progress" aria-label="Steps of the form">
      {titles.map((title, index) => (
        <li key={title} aria-current={index === current ? 'step' : undefined}>
          {index < current ? (
            <button type="button" onClick={() => onGo(index)}>
              {index + 1} {title}
            </button>
          ) : (
            <span>
              {index + 1} {title}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

async function load({
  validatorsUrl,
  pagesUrl,
  bundleUrl,
  entitiesUrl,
}: Pick<
  CreateFormProps,
  'validatorsUrl' | 'pagesUrl' | 'bundleUrl' | 'entitiesUrl'
>): Promise<Loaded> {
  const [module, form, bundle, entities, { requireRuntime }] = await Promise.all([
    import(/* @vite-ignore */ validatorsUrl) as Promise<{
      default: (require: unknown) => unknown[];
    }>,
    json<Pick<Loaded, 'pages' | 'spec' | 'actions'>>(pagesUrl),
    bundleUrl === undefined ? undefined : json<Bundle>(bundleUrl),
    json<EntitySummary[]>(entitiesUrl).catch(() => []),
    import('./PageForm.tsx'),
  ]);
  return {
    ...form,
    bundle,
    entities,
    validators: module.default(requireRuntime),
    secrets: new Set(form.pages.flatMap(({ hidden }) => hidden)),
  };
}

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}

/** Shared values of the fields a page has, under whatever condition. */
function ownValues({ schema }: FormPage, values: JsonObject): JsonObject {
  const text = JSON.stringify(schema);
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => text.includes(`${JSON.stringify(name)}:`)),
  );
}

import { useState, type ReactNode } from 'react';
import { stringify } from 'yaml';

import { textsOf, withoutNames } from '../engine/fields.ts';
import type { Json, JsonObject } from '../engine/index.ts';
import { createLink, type CreateTarget } from './create-on-github.ts';
import type { FormPage } from './split-schema.ts';

interface Props {
  pages: readonly FormPage[];
  data: readonly JsonObject[];
  secrets: ReadonlySet<string>;
  templateRef: string;
  name: string;
  github: CreateTarget | undefined;
  onBack: (() => void) | undefined;
}

/** What was filled in, and what to do with it. */
export function Review({
  pages,
  data,
  secrets,
  templateRef,
  name,
  github,
  onBack,
}: Props): ReactNode {
  const values = Object.assign({}, ...data) as JsonObject;
  const open = withoutNames(values, secrets);
  const hasSecrets = Object.keys(textsOf(values, secrets)).length > 0;
  const link = github && createLink(github, templateRef, open);
  const yaml = stringify(open).trimEnd();
  return (
    <div className="stack">
      {pages.map((page, index) => (
        <ReviewPage key={page.title} page={page} values={data[index] ?? {}} secrets={secrets} />
      ))}
      {hasSecrets && (
        <p className="note note-warn">
          This template takes a secret, which must not stand in an issue or an address: run it with
          the command below and add the secret to the file.
        </p>
      )}
      <div className="cluster">
        {onBack && (
          <button type="button" className="button" onClick={onBack}>
            Back
          </button>
        )}
        {link && !hasSecrets && (
          <a
            className="button button-primary"
            href={link.href}
            target="_blank"
            rel="noopener noreferrer"
          >
            Create with GitHub
          </a>
        )}
      </div>
      {link && !link.isPrefilled && !hasSecrets && (
        <p className="note note-info">
          The values do not go into the address. Copy them and paste them into the field “Values”;
          the template is <code>{templateRef}</code>.
        </p>
      )}
      <Copyable title="Values" text={yaml} />
      <Copyable
        title="Or run it locally"
        text={`npx callboard create ${name} --values values.yaml`}
      />
    </div>
  );
}

function ReviewPage({
  page,
  values,
  secrets,
}: {
  page: FormPage;
  values: JsonObject;
  secrets: ReadonlySet<string>;
}): ReactNode {
  const properties = (page.schema['properties'] ?? {}) as Record<string, JsonObject | undefined>;
  const rows = Object.entries(values).filter(([key]) => settings(page, key)['show'] !== false);
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{page.title}</h3>
      <dl className="facts">
        {rows.map(([key, value]) => (
          <div key={key}>
            <dt>{String(settings(page, key)['name'] ?? properties[key]?.['title'] ?? key)}</dt>
            <dd>
              {shown(value, secrets, secrets.has(key) ? '••••••' : settings(page, key)['mask'])}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `ui:backstage: { review }` of a field: how it shows here. */
function settings(page: FormPage, key: string): JsonObject {
  const ui = page.ui[key] as JsonObject | undefined;
  const backstage = (ui?.['ui:backstage'] ??
    (ui?.['ui:options'] as JsonObject | undefined)?.['backstage']) as JsonObject | undefined;
  return (backstage?.['review'] ?? {}) as JsonObject;
}

function shown(value: Json, secrets: ReadonlySet<string>, mask: Json | undefined): string {
  if (typeof mask === 'string') return mask;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (key, inner: Json) => (secrets.has(key) ? '••••••' : inner));
}

function Copyable({ title, text }: { title: string; text: string }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="code-block">
      <div className="code-block-bar">
        <span>{title}</span>
        <button
          type="button"
          className="button button-s button-quiet push"
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: the keyboard must reach it */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}

import { stringify } from 'yaml';

import type { JsonObject } from '../engine/index.ts';

/** Where the portal's repository runs templates. */
export interface CreateTarget {
  url: string;
  repository: string;
  method: 'issue' | 'dispatch';
  issueForm: string;
  workflow: string;
}

export interface CreateLink {
  href: string;
  /** Values as YAML, to paste where they do not fit into the address or must not be in it. */
  values: string;
  isPrefilled: boolean;
}

/** GitHub refuses longer addresses, and longer answers of a form. */
const maxUrlLength = 8_000;

/** The address that opens a prefilled issue, or the workflow's page. Nothing secret may be among the values. */
export function createLink(target: CreateTarget, template: string, values: JsonObject): CreateLink {
  const text = stringify(values).trimEnd();
  if (target.method === 'dispatch') {
    const href = `${target.url}/${target.repository}/actions/workflows/${encodeURIComponent(target.workflow)}`;
    return { href, values: text, isPrefilled: false };
  }
  const base = `${target.url}/${target.repository}/issues/new`;
  const fields = {
    template: target.issueForm,
    title: `Create: ${template}`,
    'template-ref': template,
  };
  const full = `${base}?${new URLSearchParams({ ...fields, values: text }).toString()}`;
  if (full.length <= maxUrlLength) return { href: full, values: text, isPrefilled: true };
  return {
    href: `${base}?${new URLSearchParams(fields).toString()}`,
    values: text,
    isPrefilled: false,
  };
}

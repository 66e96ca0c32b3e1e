import type { WidgetProps } from '@rjsf/utils';
import type { ReactNode } from 'react';

interface Options {
  allowedHosts?: string[];
  allowedOwners?: string[];
  allowedOrganizations?: string[];
  allowedProjects?: string[];
  allowedRepos?: string[];
  ownerLabel?: string;
  repoLabel?: string;
}

/** Parts of `github.com?owner=…&repo=…`; which a host has depends on its product. */
export function RepoUrlPicker({
  id,
  label,
  value,
  options,
  onChange,
  required,
  rawErrors,
}: WidgetProps): ReactNode {
  const allowed = optionsOf(options as Record<string, unknown>);
  const hosts = allowed.allowedHosts?.length ? allowed.allowedHosts : ['github.com'];
  const parsed = parse(typeof value === 'string' ? value : '');
  const host = parsed.host === '' ? hosts[0]! : parsed.host;
  const parts = partsOf(host, allowed);
  function change(name: string, text: string): void {
    const next = {
      ...Object.fromEntries(
        parts.map((part) => [part.name, parsed.parts[part.name] ?? part.choices?.[0] ?? '']),
      ),
      [name]: text,
    };
    const filled = Object.entries(next).filter(([, each]) => each !== '');
    onChange(filled.length === 0 ? undefined : `${host}?${new URLSearchParams(filled).toString()}`);
  }
  return (
    <fieldset className="create-repository" id={id}>
      <legend className="visually-hidden">{label}</legend>
      {hosts.length > 1 && (
        <label className="field">
          Host
          <select
            className="input"
            value={host}
            onChange={({ target }) =>
              onChange(`${target.value}?${new URLSearchParams(parsed.parts).toString()}`)
            }
          >
            {hosts.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      )}
      {parts.map(({ name, label, choices }) => (
        <label className="field" key={name}>
          {label}
          {choices?.length ? (
            <select
              className="input"
              value={parsed.parts[name] ?? choices[0]}
              onChange={({ target }) => change(name, target.value)}
            >
              {choices.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          ) : (
            <input
              className="input"
              value={parsed.parts[name] ?? ''}
              required={required}
              autoComplete="off"
              pattern="[A-Za-z0-9._\-\/]+"
              aria-invalid={(rawErrors?.length ?? 0) > 0}
              onChange={({ target }) => change(name, target.value.trim())}
            />
          )}
        </label>
      ))}
    </fieldset>
  );
}

/** The options as they should be: what is not a list of texts is left out, as if it had not been written. */
function optionsOf(options: Record<string, unknown>): Options {
  return Object.fromEntries(
    Object.entries(options).flatMap(([key, value]): [string, unknown][] => {
      if (!key.startsWith('allowed')) return typeof value === 'string' ? [[key, value]] : [];
      return Array.isArray(value) ? [[key, value.filter((each) => typeof each === 'string')]] : [];
    }),
  );
}

function partsOf(
  host: string,
  allowed: Options,
): { name: string; label: string; choices: string[] | undefined }[] {
  const owner = {
    name: 'owner',
    label: allowed.ownerLabel ?? 'Owner',
    choices: allowed.allowedOwners,
  };
  const organization = {
    name: 'organization',
    label: allowed.ownerLabel ?? 'Organisation',
    choices: allowed.allowedOrganizations,
  };
  const workspace = {
    name: 'workspace',
    label: allowed.ownerLabel ?? 'Workspace',
    choices: allowed.allowedOwners,
  };
  const project = { name: 'project', label: 'Project', choices: allowed.allowedProjects };
  const repo = {
    name: 'repo',
    label: allowed.repoLabel ?? 'Repository',
    choices: allowed.allowedRepos,
  };
  if (host.includes('bitbucket.org')) return [workspace, project, repo];
  if (host.includes('bitbucket')) return [project, repo];
  if (host.includes('azure')) return [organization, project, repo];
  return [owner, repo];
}

function parse(value: string): { host: string; parts: Record<string, string> } {
  const [host = '', query = ''] = value.split('?', 2);
  return { host, parts: Object.fromEntries(new URLSearchParams(query)) };
}

import type { ProblemKind } from '../types.ts';

/** What can be wrong with clusters and with what ties them to the catalog. */
export const problems = {
  'kubernetes/cluster-unreachable': {
    severity: 'warning',
    title: 'A cluster could not be read',
    explain:
      'The API server did not answer, its certificate was not trusted or it refused the credentials. Its last known state is kept and marked with its age.',
    fix: 'Run `callboard kubernetes doctor`: it says per cluster what fails. Renew the token or the certificate authority it names.',
  },
  'kubernetes/no-access': {
    severity: 'info',
    title: 'Some kinds of objects may not be read',
    explain:
      'The account may not list these kinds. Health that depends on them is shown as not known, never as fine.',
    fix: 'Print the rights needed with `callboard kubernetes rbac` and apply them, or leave the kinds out on purpose.',
  },
  'kubernetes/clock-skew': {
    severity: 'warning',
    title: 'Clocks differ',
    explain:
      'The clock of the API server and of the collecting machine differ by more than a minute. Ages are counted by the clock of the API server.',
    fix: 'Set the clock of the machine that runs the collection, or of the control plane.',
  },
  'kubernetes/catalog-cluster': {
    severity: 'warning',
    title: 'A cluster of the catalog cannot be used',
    explain:
      'A Resource of type kubernetes-cluster lacks an address, its host is not among the allowed ones, or there is no token for it.',
    fix: 'Add its host to `plugins.kubernetes.catalogClusters.hosts` and set the environment variable with its token.',
  },
  'kubernetes/history': {
    severity: 'warning',
    title: 'A day of the health history cannot be read',
    explain:
      'A file of content/snapshot/history/ is not what Callboard wrote: cut short, or edited. Its day shows as not read; all others are as they were.',
    fix: 'Delete the file, or bring it back from the last run that was whole.',
  },
  'kubernetes/selector': {
    severity: 'warning',
    title: 'A label selector cannot be read',
    explain:
      'The annotation backstage.io/kubernetes-label-selector must be a label selector as kubectl takes it. The entity is tied to nothing until it is.',
    fix: 'Write it as `app=checkout,component in (api,worker)`.',
  },
} satisfies Record<string, ProblemKind>;

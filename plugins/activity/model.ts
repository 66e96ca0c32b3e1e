import { refOf } from '../entity.ts';
import { catalogOf } from '../catalog/index.ts';
import type { Entity, ModelContext, Tone } from '../types.ts';
import { hasActivity, repositoryOf } from './repository-of.ts';
import type { ActivityOptions, ActivitySnapshot, Alerts, RepositoryActivity } from './schema.ts';

/** One row of a team's table. */
export interface TeamRow {
  activity: RepositoryActivity;
  /** Entities of the team that are about the repository. */
  entities: { title: string; path: string }[];
}

export interface Activity {
  readonly repositories: readonly RepositoryActivity[];
  /** Activity of the repository an entity is about. */
  of(entity: Entity): RepositoryActivity | undefined;
  /** Repositories of a group and those below it, what needs attention first. */
  ofTeam(group: Entity): TeamRow[];
}

/** Ties activity to entities. */
export default function buildActivity(
  context: ModelContext<ActivityOptions, ActivitySnapshot>,
): Activity {
  const repositories = context.data?.repositories ?? [];
  const byId = new Map(repositories.map((each) => [each.repository.toLowerCase(), each]));
  const catalog = catalogOf(context);

  function of(entity: Entity): RepositoryActivity | undefined {
    const own = catalog.get(refOf(entity))?.origin.repository;
    if (own === undefined || !hasActivity(entity.kind)) return undefined;
    const id = repositoryOf(entity, own, (each) => byId.has(each.toLowerCase()));
    return byId.get(id.toLowerCase());
  }

  function ofTeam(group: Entity): TeamRow[] {
    const rows = new Map<string, TeamRow>();
    for (const { entity, title, path } of catalog.ownedBy(refOf(group), { descendants: true })) {
      const activity = of(entity);
      if (!activity) continue;
      const row = rows.get(activity.repository) ?? { activity, entities: [] };
      row.entities.push({ title, path });
      rows.set(activity.repository, row);
    }
    return [...rows.values()].sort(
      (a, b) =>
        urgency(b.activity) - urgency(a.activity) ||
        (a.activity.repository < b.activity.repository ? -1 : 1),
    );
  }

  return { repositories, of, ofTeam };
}

/** How the latest runs of all workflows stand. */
export function ciState({ workflows }: Pick<RepositoryActivity, 'workflows'>): {
  tone: Tone;
  text: string;
} {
  if (workflows === null) return { tone: 'unknown', text: 'not collected' };
  if (workflows.length === 0) return { tone: 'unknown', text: 'no runs' };
  const latest = workflows.map(({ runs }) => runs[0]?.conclusion ?? null);
  if (latest.some(isFailure)) return { tone: 'error', text: 'failing' };
  if (latest.includes(null)) return { tone: 'info', text: 'running' };
  return latest.includes('success')
    ? { tone: 'ok', text: 'passing' }
    : { tone: 'unknown', text: latest[0] ?? 'no runs' };
}

/** Tone of one run. */
export function runTone(conclusion: string | null): Tone {
  if (conclusion === null) return 'info';
  if (conclusion === 'success') return 'ok';
  return isFailure(conclusion) ? 'error' : 'unknown';
}

function isFailure(conclusion: string | null): boolean {
  return ['failure', 'timed_out', 'startup_failure'].includes(conclusion ?? '');
}

/** `2 critical, 1 high`; says so when they were not collected. */
export function alertText(alerts: Alerts | null): string {
  if (alerts === null) return 'not collected';
  const parts = (['critical', 'high', 'medium', 'low'] as const)
    .filter((severity) => alerts[severity] > 0)
    .map((severity) => `${alerts[severity]} ${severity}`);
  return parts.join(', ') || 'none';
}

/** Tone of alert counts by the worst of them. */
export function alertTone(alerts: Alerts | null): Tone {
  if (alerts === null) return 'unknown';
  if (alerts.critical + alerts.high > 0) return 'error';
  return alerts.medium + alerts.low > 0 ? 'warn' : 'ok';
}

/** `1 min 20 s`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/** How the newest run's duration compares with the ones before, in words. */
export function trendText(seconds: readonly number[]): string {
  const [latest, ...before] = seconds;
  if (latest === undefined || before.length < 2) return 'too few runs for a trend';
  const middle = before.toSorted((a, b) => a - b)[Math.floor(before.length / 2)]!;
  if (latest > middle * 1.25) return `slower than usual (${durationText(middle)})`;
  if (latest < middle * 0.75) return `faster than usual (${durationText(middle)})`;
  return `as usual (${durationText(middle)})`;
}

function urgency(activity: RepositoryActivity): number {
  const { dependabot, codeScanning } = activity;
  const severe = [dependabot, codeScanning].map((each) =>
    each ? each.critical * 2 + each.high : 0,
  );
  return (ciState(activity).tone === 'error' ? 100 : 0) + severe[0]! + severe[1]!;
}

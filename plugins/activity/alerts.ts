import type { GithubAccess } from '../types.ts';
import type { Alerts } from './schema.ts';

export type AlertKind = 'dependabot' | 'code-scanning';

interface AlertAnswer {
  repository: { node_id: string };
  /** Dependabot's. */
  security_advisory?: { severity?: string };
  /** Code scanning's. */
  rule?: { security_severity_level?: string | null; severity?: string | null };
}

const mostPages = 100;

/** Open alerts of an organisation by node id of the repository, a hundred per request; null where they may not be read. */
export async function fetchAlerts(
  access: GithubAccess,
  kind: AlertKind,
): Promise<Map<string, Alerts> | null> {
  const counts = new Map<string, Alerts>();
  let route: string | undefined = `/orgs/{org}/${kind}/alerts`;
  let parameters: Record<string, unknown> = { org: access.account, state: 'open', per_page: 100 };
  for (let page = 0; route !== undefined; page++) {
    // Half of the alerts would look like fewer alerts.
    if (page >= mostPages) return null;
    let answer: { data: AlertAnswer[]; next: string | undefined };
    try {
      answer = await access.get<AlertAnswer[]>(route, parameters);
    } catch (error) {
      if ([403, 404].includes((error as { status?: number }).status ?? 0) && !isLimit(error))
        return null;
      throw error;
    }
    for (const alert of answer.data) {
      const id = alert.repository.node_id;
      const known = counts.get(id) ?? { critical: 0, high: 0, medium: 0, low: 0 };
      known[severityOf(alert)]++;
      counts.set(id, known);
    }
    route = answer.next;
    parameters = {};
  }
  return counts;
}

function isLimit(error: unknown): boolean {
  return (error as Error).name === 'RateLimited';
}

function severityOf({ security_advisory: advisory, rule }: AlertAnswer): keyof Alerts {
  const named = advisory?.severity ?? rule?.security_severity_level ?? rule?.severity ?? 'low';
  if (named === 'critical' || named === 'high' || named === 'medium') return named;
  // Rules that are about quality say error and warning.
  if (named === 'error') return 'high';
  return named === 'warning' ? 'medium' : 'low';
}

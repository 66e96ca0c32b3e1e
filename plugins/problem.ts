/** Problems are data: what is wrong in the things people commit, and in what sources answer. */
export type Severity = 'error' | 'warning' | 'info';

/** Where a problem is. `line` and `column` count from 1; `path` is the field inside the document, e.g. `spec.owner`. */
export interface Place {
  repository?: string | undefined;
  file?: string | undefined;
  line?: number | undefined;
  column?: number | undefined;
  path?: string | undefined;
}

/** Something wrong in what people commit or in what a source answered. Never thrown: collected, kept and shown. */
export interface Problem {
  /** `<plugin>/<what>`, a key of that plugin's `problems` table. */
  code: string;
  severity: Severity;
  /** What is wrong and what was expected, in one sentence. */
  message: string;
  /** What to do about it. */
  hint?: string | undefined;
  at?: Place | undefined;
  /** Canonical ref of the entity it concerns, e.g. `component:default/checkout`. */
  entity?: string | undefined;
  /** Canonical ref of the group or user who should act. */
  owner?: string | undefined;
  /** Page that explains the code, relative to the portal's base. */
  docs: string;
}

/** What a plugin reports; severity and docs come from its code table unless said otherwise. */
export type ProblemInput = Omit<Problem, 'severity' | 'docs'> & { severity?: Severity | undefined };

/** One row of a plugin's code table: its own page in the portal and in the handbook. */
export interface ProblemKind {
  severity: Severity;
  title: string;
  /** Why it matters, in plain sentences. */
  explain: string;
  /** How to put it right, in plain sentences. */
  fix: string;
}

/** State of one source (a folder, an organisation, a cluster, a bill) as the last collect left it. */
export interface SourceState {
  id: string;
  state: 'fresh' | 'stale' | 'failed';
  /** ISO 8601: what is shown is as of then. */
  asOf: string;
  detail?: string | undefined;
  /** What reading it cost, e.g. requests, bytes and seconds. */
  stats?: Record<string, number> | undefined;
}
